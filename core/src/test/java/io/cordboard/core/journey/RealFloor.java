package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerWatch;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.LegState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Tables;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Policy;
import io.cordboard.core.service.CallBackTasks;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.Seeded;
import io.cordboard.testkit.SwitchHarness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Two agents with desks and phones on a switch that really connects them; ledger and stories as in the
 * product. Everything of ours runs on the test's thread, what the switch tells comes when it comes.
 */
final class RealFloor implements AutoCloseable {
  static final AgentId ANN = new AgentId(new UUID(0, 1));
  static final AgentId BOB = new AgentId(new UUID(0, 2));
  static final String CARE = "care";
  static final int RING_SECONDS = 2;
  static final int PARK_SECONDS = 2;
  private static final Duration STEP = Duration.ofMillis(20);

  final SwitchHarness harness;
  final MemoryLedger store = new MemoryLedger();
  final List<String> bugs = new CopyOnWriteArrayList<>();
  private final Map<AgentId, String> addresses = new HashMap<>();
  private final Map<AgentId, List<DeskMessage>> told = new HashMap<>();
  private final Ledger ledger;
  private final AgentDesk desk;
  private final Journeys journeys;
  private Directory directory;
  private Turn turn;
  private int callers;

  RealFloor(SwitchHarness harness) {
    this.harness = harness;
    addresses.put(ANN, harness.devices().get(0));
    addresses.put(BOB, harness.devices().get(1));
    directory = directory(DropOut.COMPLETE);
    SwitchBoard board = new SwitchBoard();
    board.add(harness.phone());
    Floor.CardShelf cards = new Floor.CardShelf();
    journeys =
        new Journeys(
            () -> directory, new TestCallers(), new CardLoader(cards, 0), Policy.longestIdle(),
            harness.clock());
    journeys.callBacksFrom((call, agent, at) -> CallBackTasks.Given.GIVEN, Runnable::run);
    ledger =
        new Ledger(
            store, journeys, board, Tables.STANDARD, harness.clock(),
            new Ids(harness.clock(), new Seeded(System.nanoTime())), new Watch());
    ledger.recover();
    MemorySpares spares = new MemorySpares();
    ListedAudit audit = new ListedAudit();
    desk =
        new AgentDesk(
            ledger, journeys, board,
            new CallFile.Files(
                new Floor.MemoryNotes(), cards, CallWords.none(), new MemoryQualities(),
                new UsePhone.Choice(spares, audit, () -> {}),
                new CorrectRecord.Records(new MemoryArchive(store), audit),
                typed -> new OutsideNumbers.Outside("KNOWN", typed),
                new DoNotCall(DoNotCall.Rule.ASK, id -> Optional.empty(), audit),
                agent -> {}, Runnable::run));
    harness.phone().start(ledger);
    until("the link stands", () -> turn().agents().linkUp(harness.phone().id()));
    addresses.values().forEach(address -> harness.register(address, true));
    addresses.values()
        .forEach(address -> until(address + " is idle", () -> state(address) == DeviceState.IDLE));
    addresses.keySet()
        .forEach(
            agent -> {
              told.put(agent, new CopyOnWriteArrayList<>());
              desk.attach(agent, "desk-" + agent, told.get(agent)::add);
            });
  }

  private Directory directory(DropOut dropOut) {
    Line line =
        new Line(
            harness.line(), "Care", CARE, Line.Waiting.MUSIC, null, false, RING_SECONDS, 600, 25,
            300, new Line.Notice("v1", "en", "Nobody can answer now."));
    return new Directory(
        Map.of(harness.line(), line),
        Map.of(
            CARE,
            new Directory.Queue(
                CARE, "Care", Set.of(ANN, BOB), false,
                new Comfort(0, null, 3, 15, PARK_SECONDS, dropOut))),
        Map.of(ANN, agent(ANN, "ann"), BOB, agent(BOB, "bob")),
        List.of(new Directory.Disposition("solved", "已解决", "Solved")));
  }

  private Directory.Agent agent(AgentId id, String user) {
    return new Directory.Agent(
        id, user, user,
        List.of(
            new Directory.Device(
                harness.phone().id(), addresses.get(id), Directory.Phone.SIP)));
  }

  /** Whoever drops out of a consultation has handed over nobody. */
  RealFloor droppingOutGivesBack() {
    directory = directory(DropOut.BACK);
    return this;
  }

  // ---- waiting -------------------------------------------------------------------------------

  /** Lets everything work until this is so. */
  void until(String what, BooleanSupplier holds) {
    Await.until(
        what,
        () -> {
          work();
          return holds.getAsBoolean();
        });
  }

  private void work() {
    ledger.step();
    assertThat(bugs).isEmpty();
    harness.due(STEP);
  }

  /** Lets this much time go by, and everything work meanwhile. */
  void pass(Duration time) {
    long until = harness.clock().nanos() + time.toNanos();
    until(time + " have gone by", () -> harness.clock().nanos() >= until);
  }

  private Turn turn() {
    Turn known = turn;
    if (known == null) {
      CompletionStage<Turn> asked = ledger.ask(now -> now);
      ledger.step();
      known = Await.done(asked);
      turn = known;
    }
    return known;
  }

  // ---- what agents do ------------------------------------------------------------------------

  void ready(AgentId agent) {
    command(agent, new DeskCommand.Ready());
    until(agent + " is ready", () -> is(agent, "READY"));
  }

  void command(AgentId agent, DeskCommand command) {
    done(order(agent, command));
  }

  /** Without waiting for what becomes of it. */
  CompletionStage<Void> order(AgentId agent, DeskCommand command) {
    return desk.command(agent, "desk-" + agent, command);
  }

  void done(CompletionStage<Void> ordered) {
    until("it is carried out", ordered.toCompletableFuture()::isDone);
    ordered.toCompletableFuture().join();
  }

  /** The agent's phone rings for the call, and is answered. */
  void lifts(AgentId agent, Call call) {
    LegKey leg = rings(agent, call);
    harness.lift(leg, addresses.get(agent));
    until(agent + " talks", () -> isTalking(agent, call));
  }

  /** The same where a phone that can answers by itself. */
  void answers(AgentId agent, Call call) {
    until("it rings or talks", () -> isRinging(agent, call) || isTalking(agent, call));
    if (!isTalking(agent, call)) {
      lifts(agent, call);
    }
  }

  LegKey rings(AgentId agent, Call call) {
    until("it rings at " + agent, () -> isRinging(agent, call));
    return part(agent, call).orElseThrow().leg();
  }

  private boolean isRinging(AgentId agent, Call call) {
    return part(agent, call)
        .filter(part -> part.offer().open())
        .flatMap(part -> call.leg(part.leg()))
        .filter(leg -> leg.state() == LegState.RINGING)
        .isPresent();
  }

  private boolean isTalking(AgentId agent, Call call) {
    return part(agent, call).filter(Segment::talking).isPresent();
  }

  void putsDown(AgentId agent, Call call) {
    harness.putDown(part(agent, call).orElseThrow().leg(), addresses.get(agent));
  }

  String address(AgentId agent) {
    return addresses.get(agent);
  }

  // ---- what is so ----------------------------------------------------------------------------

  boolean is(AgentId agent, String state) {
    return turn().agent(agent).state().name().equals(state);
  }

  boolean isIdle(AgentId agent) {
    return state(addresses.get(agent)) == DeviceState.IDLE;
  }

  /** Nobody answers there: the switch gives it up, or is told to. */
  void gone(Call call, LegKey leg) {
    harness.phone().as(LegControl.class).hangUp(leg, HangUp.NO_ANSWER);
    until(leg + " is gone", () -> !call.leg(leg).orElseThrow().alive());
  }

  private DeviceState state(String address) {
    return turn().agents().device(harness.phone().id(), address);
  }

  /** The agent's last part in it. */
  Optional<Segment> part(AgentId agent, Call call) {
    return call.segments().stream()
        .filter(part -> part.agent().equals(agent))
        .reduce((first, last) -> last);
  }

  /** A caller dials the line; the call that comes of it. */
  Call arrives() {
    return comes(() -> harness.call("+8613911%06d".formatted(++callers), harness.line()));
  }

  /** The call that comes of this. */
  Call comes(Runnable deed) {
    List<Call> before = List.copyOf(turn().calls());
    deed.run();
    until("the call is there", () -> turn().calls().size() > before.size());
    return turn().calls().stream().filter(call -> !before.contains(call)).findFirst().orElseThrow();
  }

  /** A caller and this agent talk. */
  Call talks(AgentId agent) {
    ready(agent);
    Call call = arrives();
    lifts(agent, call);
    together(call, customer(call), leg(agent, call));
    return call;
  }

  LegKey customer(Call call) {
    return call.customerLeg().key();
  }

  LegKey leg(AgentId agent, Call call) {
    return part(agent, call).orElseThrow().leg();
  }

  /** Somebody outside who was called into it last. */
  LegKey outside(Call call) {
    until("somebody outside is called", () -> call.outside().isPresent());
    return call.outside().orElseThrow().leg();
  }

  /** Waits until the switch has told that these, and only these of the call, are in one bridge. */
  void together(Call call, LegKey... legs) {
    Set<LegKey> wished = Set.of(legs);
    Await.until(
        "together: " + wished,
        () -> {
          work();
          return bridges(call);
        },
        bridges -> bridges.containsValue(wished));
  }

  /** Who is in which bridge, as the switch told it. */
  private static Map<String, Set<LegKey>> bridges(Call call) {
    return call.legs().stream()
        .filter(leg -> leg.bridge() != null)
        .collect(Collectors.groupingBy(Leg::bridge, Collectors.mapping(Leg::key, Collectors.toSet())));
  }

  /** Waits until the customer is with nobody and lives. */
  void alone(Call call) {
    until(
        "the customer is alone",
        () -> call.customerLeg().alive() && call.customerLeg().bridge() == null);
  }

  void phase(Call call, Call.Phase... wished) {
    Await.until(
        call.id() + " is one of " + List.of(wished),
        () -> {
          work();
          return call.phase();
        },
        List.of(wished)::contains);
  }

  /** Waits until the whole call is over, on the switch too, and nobody is held by it. */
  CallRecord over(Call call) {
    until("all of its legs are gone", () -> call.legs().stream().noneMatch(Leg::alive));
    for (AgentId agent : addresses.keySet()) {
      if (is(agent, "WRAP_UP") || is(agent, "WRAP_UP_BREAK_NEXT")) {
        command(agent, new DeskCommand.FinishWrapUp(call.id().toString(), "solved"));
      }
    }
    until("the call is closed", () -> turn().call(call.id()).isEmpty());
    addresses.keySet()
        .forEach(
            agent ->
                until(
                    agent + " is free",
                    () -> is(agent, "READY") || is(agent, "NOT_READY") || is(agent, "OFFLINE")));
    assertThat(store.held()).isEmpty();
    assertThat(store.calls).containsKey(call.id());
    return store.calls.get(call.id());
  }

  List<String> parts(Call call) {
    return store.segments.values().stream()
        .filter(part -> part.call().equals(call.id()))
        .sorted((a, b) -> Integer.compare(a.n(), b.n()))
        .map(part -> (part.agent().equals(ANN) ? "ann " : "bob ") + part.outcome())
        .toList();
  }

  /** What the agent's desk was told in passing. */
  List<String> notices(AgentId agent) {
    return told.get(agent).stream()
        .filter(DeskMessage.Notice.class::isInstance)
        .map(message -> String.valueOf(((DeskMessage.Notice) message).value()))
        .toList();
  }

  CallView seen(AgentId agent, Call call) {
    return journeys.hub().shown(agent, call.id().toString());
  }

  @Override
  public void close() {
    harness.phone().close();
    harness.close();
  }

  private final class Watch implements LedgerWatch {
    @Override
    public void bug(String what, Throwable cause) {
      bugs.add(what + ": " + cause);
    }
  }
}
