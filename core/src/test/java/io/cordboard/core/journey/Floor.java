package io.cordboard.core.journey;

import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerWatch;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Table;
import io.cordboard.core.call.Tables;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.Notes;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Policy;
import io.cordboard.core.service.CallBackTasks;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.testkit.FakeSwitch;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.Seeded;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A small call centre for tests: two agents at two browser phones, a plain line and a recorded one, one
 * fake switch, everything in one thread and the clock moved by hand.
 */
final class Floor {
  static final String PLAIN = "+861085551234";
  static final String RECORDED = "4008001234";
  static final AgentId ANN = new AgentId(new UUID(0, 1));
  static final AgentId BOB = new AgentId(new UUID(0, 2));
  static final String CALLER = "+8613800138000";

  final HandClock clock = new HandClock();
  final MemoryLedger store = new MemoryLedger();
  final FakeSwitch pbx = new FakeSwitch("pbx", clock);
  final Set<Table.Row> visited = new LinkedHashSet<>();
  final List<String> bugs = new ArrayList<>();
  boolean expectsBugs;
  final Map<AgentId, List<DeskMessage>> told = new HashMap<>();
  Directory directory = directory();
  final MemoryNotes notes = new MemoryNotes();
  final MemoryQualities qualities = new MemoryQualities();
  final MemorySpares spares = new MemorySpares();
  final ListedAudit audit = new ListedAudit();

  /** What customers decided. */
  final Map<CustomerId, CustomerEditor.Standing> standings = new HashMap<>();

  /** What holds for those who do not want to be called. */
  final DoNotCall.Rule doNotCall = DoNotCall.Rule.ASK;

  final MemoryArchive archive = new MemoryArchive(store);
  final CardShelf cards = new CardShelf();
  /** Which numbers may be dialled: all of them. */
  OutsideNumbers outside = typed -> new OutsideNumbers.Outside("KNOWN", typed);
  /** Where the database is asked: at once. */
  Executor slow = Runnable::run;
  /** Who may dial outside at a phone: everybody. */
  Consumer<AgentId> dialRight = agent -> {};
  CallWords words = CallWords.none();
  /** What becomes of a call-back whose turn has come. */
  Function<CallId, CallBackTasks.Given> callBacks = call -> CallBackTasks.Given.GIVEN;

  Journeys journeys;
  Ledger ledger;
  AgentDesk desk;
  private int callers;

  Floor() {
    boot();
  }

  /** Starts Cordboard; again after {@link #kill()}, with what the database has. */
  void boot() {
    SwitchBoard board = new SwitchBoard();
    board.add(pbx);
        journeys =
        new Journeys(
            () -> directory, new TestCallers(), new CardLoader(cards, 0), Policy.longestIdle(),
            clock);
    journeys.callBacksFrom((call, agent, at) -> callBacks.apply(call), Runnable::run);
    ledger =
        new Ledger(
            store, journeys, board, Tables.STANDARD.watched(visited::add), clock,
            new Ids(clock, new Seeded(7 + store.journal.size())), new Watch());
    ledger.recover();
    desk =
        new AgentDesk(
            ledger, journeys, board,
            new CallFile.Files(
                notes, cards, words, qualities,
                new UsePhone.Choice(spares, audit, () -> directory = spares.applied(directory)),
                new CorrectRecord.Records(archive, audit),
                typed -> outside.read(typed),
                new DoNotCall(doNotCall, id -> Optional.ofNullable(standings.get(id)), audit),
                agent -> dialRight.accept(agent), work -> slow.execute(work)));
    pbx.start(ledger);
  }

  /** Cordboard dies; the switch goes on. What the switch tells meanwhile is lost. */
  void kill() {
    pbx.close();
    told.clear();
  }

  /** The link stands, with nothing of ours on the switch and both phones registered. */
  Floor link(SwitchSnapshot.LiveLeg... legs) {
    return link(DeviceState.IDLE, legs);
  }

  /** The link stands, and both phones are so. */
  Floor link(DeviceState phones, SwitchSnapshot.LiveLeg... legs) {
    pbx.linkUp(
        new SwitchSnapshot(
            clock.micros(), List.of(legs), Map.of("2001", phones, "2002", phones), List.of()));
    return step();
  }

  Floor step() {
    ledger.step();
    if (!bugs.isEmpty() && !expectsBugs) {
      throw new AssertionError(bugs.toString());
    }
    return this;
  }

  Floor pass(Duration time) {
    clock.advance(time);
    return step();
  }

  /** Signs in with an open desk and is ready. */
  Floor ready(AgentId agent) {
    open(agent, "c-" + agent.value().getLeastSignificantBits());
    return command(agent, new DeskCommand.Ready());
  }

  Floor open(AgentId agent, String connection) {
    List<DeskMessage> messages = told.computeIfAbsent(agent, a -> new ArrayList<>());
    desk.attach(agent, connection, messages::add);
    return step();
  }

  Floor command(AgentId agent, DeskCommand command) {
    CompletionStage<Void> done = desk.command(agent, "c-1", command);
    step();
    done.toCompletableFuture().join();
    return this;
  }

  Floor correct(AgentId agent, CallId call, DeskDoor.Correction now) {
    CompletionStage<Void> done = desk.correct(agent, call, now);
    step();
    done.toCompletableFuture().join();
    return this;
  }

  Floor event(CallEvent event) {
    pbx.emit(event);
    return step();
  }

  /** The agent dials this at their phone by hand; the leg that waits there. */
  LegKey dialsAtPhone(String address, String number) {
    LegKey leg = pbx.leg("hand-" + ++callers);
    pbx.emit(new PhoneDials(leg, address, number, clock.micros()));
    step();
    return leg;
  }

  /** What the agent's desk was told in passing: code and value. */
  List<String> notices(AgentId agent) {
    return told.getOrDefault(agent, List.of()).stream()
        .filter(DeskMessage.Notice.class::isInstance)
        .map(DeskMessage.Notice.class::cast)
        .map(notice -> notice.code() + ": " + notice.value())
        .toList();
  }

  Floor device(String address, DeviceState state) {
    pbx.emit(new DeviceChanged("pbx", address, state, clock.micros()));
    return step();
  }

  /** A caller rings at the line. */
  LegKey arrives(String line) {
    LegKey leg = pbx.arrives("in-" + ++callers, CALLER, line);
    step();
    return leg;
  }

  /** The device that was dialled last, ringing. */
  LegKey ringing() {
    List<SwitchCommand.Dial> dials = pbx.commands(SwitchCommand.Dial.class);
    LegKey leg = pbx.leg(dials.getLast().order().channel());
    event(new CallEvent.LegRinging(leg, tick()));
    return leg;
  }

  /** A caller on the plain line talks with whoever is ready; returns both legs. */
  Talking talking() {
    return talking(arrives(PLAIN));
  }

  /** The same on the recorded line, after its announcement was heard. */
  Talking recordedTalk() {
    LegKey customer = arrives(RECORDED);
    event(new CallEvent.LegAnswered(customer, tick()));
    SwitchCommand.Announce hello = pbx.commands(SwitchCommand.Announce.class).getLast();
    event(new CallEvent.AnnouncementEnded(customer, tick(), hello.playId(), true));
    return talking(customer);
  }

  Talking talking(LegKey customer) {
    LegKey agent = ringing();
    event(new CallEvent.LegAnswered(agent, tick()));
    event(new CallEvent.LegAnswered(customer, tick()));
    joined(customer);
    joined(agent);
    return new Talking(customer, agent, callOf(customer));
  }

  void joined(LegKey leg) {
    event(new CallEvent.LegJoined(leg, tick(), "b-" + callOf(leg)));
  }

  void hangsUp(LegKey leg) {
    event(new CallEvent.LegEnded(leg, tick(), new EndCause(EndCause.Side.FAR, 16, 0, "bye")));
  }

  CallId callOf(LegKey leg) {
    return ledger
        .ask(turn -> turn.callOf(leg).orElseThrow().id())
        .toCompletableFuture()
        .getNow(stepped(leg));
  }

  private CallId stepped(LegKey leg) {
    CompletionStage<CallId> answer = ledger.ask(turn -> turn.callOf(leg).orElseThrow().id());
    step();
    return answer.toCompletableFuture().join();
  }

  /** The switch's clock a moment later. */
  long tick() {
    clock.advance(Duration.ofMillis(3));
    return clock.micros();
  }

  String stateOf(AgentId agent) {
    CompletionStage<String> answer = ledger.ask(turn -> turn.agent(agent).state().name());
    step();
    return answer.toCompletableFuture().join();
  }

  int liveCalls() {
    CompletionStage<Integer> answer = ledger.ask(turn -> turn.calls().size());
    step();
    return answer.toCompletableFuture().join();
  }

  /** What the agent's desk shows of calls, after applying everything it was told. */
  Map<String, CallView> shown(AgentId agent) {
    Map<String, CallView> view = new LinkedHashMap<>();
    for (DeskMessage message : told.getOrDefault(agent, List.of())) {
      switch (message) {
        case DeskMessage.Snapshot s -> {
          view.clear();
          s.calls().forEach(call -> view.put(call.callId(), call));
        }
        case DeskMessage.CallChanged c -> view.put(c.call().callId(), c.call());
        case DeskMessage.CallGone g -> view.remove(g.callId());
        default -> {}
      }
    }
    return view;
  }

  CallView.Phase phase(AgentId agent) {
    List<CallView> views = new ArrayList<>(shown(agent).values());
    return views.isEmpty() ? null : views.getLast().phase();
  }

  record Talking(LegKey customer, LegKey agent, CallId call) {}

  // ---- the neighbours ------------------------------------------------------------------------

  private static Directory directory() {
    Line.Notice hello = new Line.Notice("v1", "zh-CN", "您好，通话将被录音。");
    Line.Notice sorry = new Line.Notice("v1", "zh-CN", "对不起，现在没有人能接听。");
    Line plain =
        new Line(PLAIN, "Care", "care", Line.Waiting.RINGING, null, false, 20, 30, 25, 300, sorry);
    Line recorded =
        new Line(
            RECORDED, "Service", "care", Line.Waiting.MUSIC, hello, true, 20, 30, 25, 300, sorry);
    return new Directory(
        Map.of(PLAIN, plain, RECORDED, recorded),
        Map.of("care", new Directory.Queue("care", "Care", Set.of(ANN, BOB))),
        Map.of(ANN, agent(ANN, "ann", "2001"), BOB, agent(BOB, "bob", "2002")),
        List.of(new Directory.Disposition("solved", "已解决", "Solved")));
  }

  private static Directory.Agent agent(AgentId id, String user, String address) {
    return new Directory.Agent(
        id, user, user, List.of(new Directory.Device("pbx", address, Directory.Phone.BROWSER)));
  }

  /** The same call centre, where one agent has these devices. */
  Directory withDevices(AgentId id, Directory.Device... devices) {
    Map<AgentId, Directory.Agent> agents = new HashMap<>(directory.agents());
    Directory.Agent before = agents.get(id);
    agents.put(id, new Directory.Agent(id, before.user(), before.name(), List.of(devices)));
    return new Directory(
        directory.lines(), directory.queues(), agents, directory.dispositions());
  }

  /** The same call centre, where callers of each queue wait so. */
  Directory withComfort(Directory.Comfort comfort) {
    Map<String, Directory.Queue> queues = new HashMap<>();
    directory
        .queues()
        .forEach(
            (id, q) ->
                queues.put(
                    id, new Directory.Queue(id, q.label(), q.members(), q.autoAnswer(), comfort)));
    return new Directory(
        directory.lines(), queues, directory.agents(), directory.dispositions(),
        directory.hours());
  }

  /** The same call centre, where browser phones answer by themselves. */
  Directory withAutoAnswer() {
    Map<String, Directory.Queue> queues = new HashMap<>();
    directory
        .queues()
        .forEach(
            (id, q) ->
                queues.put(id, new Directory.Queue(id, q.label(), q.members(), true, q.comfort())));
    return new Directory(
        directory.lines(), queues, directory.agents(), directory.dispositions(),
        directory.hours());
  }

  /** Lets callers of one line in by these rules. */
  void withLine(String did, UnaryOperator<Line.Access> access) {
    Map<String, Line> lines = new HashMap<>(directory.lines());
    Line now = lines.get(did);
    lines.put(
        did,
        new Line(
            did, now.label(), now.queue(), now.waiting(), now.announcement(), now.recorded(),
            now.ringSeconds(), now.wrapUpSeconds(), now.rejoinSeconds(), now.maxWaitSeconds(),
            now.sorry(), access.apply(now.access())));
    directory =
        new Directory(
            lines, directory.queues(), directory.agents(), directory.dispositions(),
            directory.hours());
  }

  static Card card() {
    return card(1, "王小明");
  }

  static Card card(int number, String name) {
    return new Card(
        new CustomerId(new UUID(1, number)), 1, Card.Kind.PERSON, name, "zh-CN",
        Card.ValueLevel.GOLD, LocalDate.of(2014, 5, 1), true, List.of(), List.of(),
        List.of(new Card.SensitiveField("birth-date", "1980-01-01")), List.of(), List.of(),
        List.of());
  }

  /** Customers as a test puts them there; at first one, whose number is the caller's. */
  static final class CardShelf implements CardStore {
    /** Which line the one customer called last. */
    String lastLine;
    /** Nobody has the caller's number. */
    boolean unknown;
    final Map<CustomerId, Card> cards = new HashMap<>(Map.of(card().id(), card()));

    @Override
    public List<NumberMatch> byNumbers(Collection<String> e164) {
      return e164.stream()
          .filter(number -> CALLER.equals(number) && !unknown)
          .map(
              n ->
                  new NumberMatch(
                      n, card(), "mobile", 1, null, lastLine == null ? null : Instant.EPOCH, lastLine,
                      null, 0))
          .toList();
    }

    @Override
    public Optional<Card> byId(CustomerId id) {
      return Optional.ofNullable(cards.get(id));
    }
  }

  /** Notes that outlive Cordboard. */
  static final class MemoryNotes implements Notes {
    private final Map<String, Note> notes = new HashMap<>();

    @Override
    public Note save(CallId call, AgentId agent, String text, long basedOn) {
      Note stands = find(call, agent).orElse(new Note("", 0));
      Note after = stands.revision() <= basedOn ? new Note(text, stands.revision() + 1) : stands;
      notes.put(call + " " + agent, after);
      return after;
    }

    @Override
    public Optional<Note> find(CallId call, AgentId agent) {
      return Optional.ofNullable(notes.get(call + " " + agent));
    }
  }

  private final class Watch implements LedgerWatch {
    @Override
    public void bug(String what, Throwable cause) {
      bugs.add(what + ": " + cause);
    }
  }
}
