package io.cordboard.core.journey;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerWatch;
import io.cordboard.core.call.OutsideParty;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Table;
import io.cordboard.core.call.Tables;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.journey.PlayedSwitch.Channel;
import io.cordboard.core.journey.PlayedSwitch.Trouble;
import io.cordboard.core.journey.ShakyStore.Killed;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Policy;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A random shift in a call centre: callers, agents, lost phones, a rough wire, a switch that restarts, a
 * database that breaks, and Cordboard killed wherever it commits or commands.
 */
final class Shift {
  private static final List<String> ADDRESSES = List.of("2001", "2002", "2003", "2004");
  private static final List<AgentId> AGENTS =
      List.of(agent(1), agent(2), agent(3), agent(4));
  private static final List<String> LINES = List.of("plain", "music", "recorded", "silent");

  private static final String OUTSIDE = "+861065550000";

  private final Seeded random;
  final HandClock clock = new HandClock();
  final MemoryLedger memory = new MemoryLedger();
  final ShakyStore store;
  final Wire wire;
  final PlayedSwitch pbx;
  final ShiftChecks checks;
  private final Directory directory = directory();
  private final Consumer<Table.Row> visits;
  private final Set<AgentId> desks = new java.util.HashSet<>();
  private final Ids ids;
  private double killsAtCommand;
  private int callers;
  private Ledger ledger;
  private AgentDesk desk;
  private WatchedStory story;

  Shift(Seeded random, Consumer<Table.Row> visits) {
    this.random = random;
    this.visits = visits;
    this.store = new ShakyStore(memory, random);
    this.wire = new Wire(random);
    this.pbx = new PlayedSwitch(clock, wire, ADDRESSES);
    this.ids = new Ids(clock, random);
    this.checks = new ShiftChecks(memory, pbx, AGENTS);
    pbx.ordered = checks::ordered;
    pbx.commanded = this::commanded;
    boot();
  }

  private static AgentId agent(int n) {
    return new AgentId(new UUID(0, n));
  }

  private void boot() {
    SwitchBoard board = new SwitchBoard();
    board.add(pbx);
    Floor.CardShelf cards = new Floor.CardShelf();
    Journeys journeys =
        new Journeys(
            () -> directory, new TestCallers(), new CardLoader(cards, 0), Policy.longestIdle(),
            clock);
    story = new WatchedStory(journeys, checks);
    ledger =
        new Ledger(
            store, story, board, Tables.STANDARD.watched(visits), clock, ids, new Watch());
    desks.clear();
    ledger.recover();
    desk =
        new AgentDesk(
            ledger, journeys, board,
            new CallFile.Files(
                new Floor.MemoryNotes(), cards, CallWords.none(), new MemoryQualities(),
                new UsePhone.Choice(new MemorySpares(), new ListedAudit(), () -> {}),
                new CorrectRecord.Records(new MemoryArchive(new MemoryLedger()), new ListedAudit()),
                typed -> new OutsideNumbers.Outside("KNOWN", typed),
                new DoNotCall(DoNotCall.Rule.ASK, id -> Optional.empty(), new ListedAudit()),
                agent -> {}, Runnable::run));
  }

  // ---- the whole shift -----------------------------------------------------------------------

  void play(int events) {
    store.kills = 0.004;
    store.breaks = 0.001;
    killsAtCommand = 0.002;
    for (int i = 0; i < events; i++) {
      something();
      pbx.time();
      wire.deliver(random.between(0, 6), signal -> ledger.on(signal));
      step();
      checks.always(story);
    }
    calmDown();
    checks.agreed(story);
    goHome();
    checks.over(story);
  }

  /** From here on nothing breaks any more; the link was cut once, so that what was lost is mended. */
  private void calmDown() {
    store.kills = 0;
    store.breaks = 0;
    killsAtCommand = 0;
    wire.rough = false;
    pbx.trouble = Trouble.NONE;
    if (wire.linked()) {
      wire.down(clock.micros());
    }
    settle();
    wire.up(pbx);
    settle();
  }

  private void goHome() {
    pbx.customers().forEach(c -> pbx.ends(c, hungUp()));
    for (int i = 0; i < 45; i++) {
      settle();
      // two agents may speak on without the customer
      pbx.devices().stream().filter(d -> d.up).forEach(d -> pbx.ends(d, hungUp()));
      settle();
      clock.advance(Duration.ofSeconds(30));
      pbx.time();
    }
    wire.down(clock.micros());
    wire.up(pbx);
    settle();
  }

  private void settle() {
    do {
      wire.deliver(100, signal -> ledger.on(signal));
      step();
    } while (!wire.empty());
  }

  private void step() {
    try {
      ledger.step();
      checks.committed(story);
    } catch (Killed killed) {
      die(killed);
    }
  }

  private void die(Killed killed) {
    wire.cut();
    Map<?, ?> before = killed.committed ? checks.memory(story) : null;
    if (random.chance(0.5)) {
      clock.advance(Duration.ofSeconds(random.between(1, 20)));
    }
    boot();
    checks.rebuilt(before, story);
  }

  private void commanded() {
    if (random.chance(killsAtCommand)) {
      throw new Killed(true);
    }
    if (wire.rough && random.chance(0.02)) {
      pbx.trouble = random.pick(Trouble.LOST, Trouble.UNANSWERED);
    }
  }

  // ---- what happens --------------------------------------------------------------------------

  private void something() {
    switch (random.nextInt(21)) {
      case 0, 1, 2 -> arrive();
      case 3, 4, 5 -> deviceActs();
      case 6 -> someone(pbx.customers(), this::customerActs);
      case 7, 8 ->
          someone(pbx.customers(), c -> pbx.spoken(c, random.chance(0.8)));
      case 9 -> pbx.register(random.pick(ADDRESSES), random.chance(0.7));
      case 10 -> link();
      case 11, 12, 13 -> deskOpens();
      case 14, 15, 16, 17 -> command();
      case 18 -> pbx.losesASide();
      default -> time();
    }
  }

  private void arrive() {
    String number = random.pick(Floor.CALLER, "+8613900000001", "+8613900000002");
    String line = random.chance(0.02) ? "nobody's" : random.pick(LINES);
    NumberClaims claims = NumberClaims.of("t", random.chance(0.1) ? null : number, line);
    pbx.arrives("in-" + ++callers, claims);
  }

  private void deviceActs() {
    someone(
        pbx.devices(),
        device -> {
          if (!device.up && random.chance(0.8)) {
            pbx.lift(device);
          } else if (!device.up) {
            pbx.ends(device, new EndCause(EndCause.Side.FAR, 17, 486, "busy here"));
          } else if (random.chance(0.4)) {
            pbx.holdKey(device, random.nextBoolean());
          } else if (random.chance(0.1)) {
            pbx.transferKey(device, random.chance(0.7) ? random.pick(ADDRESSES) : OUTSIDE);
          } else if (random.chance(0.4)) {
            pbx.ends(device, random.pick(hungUp(), lostMedia()));
          }
        });
  }

  /** Whoever we call answers, is busy or refuses; the others hang up. */
  private void customerActs(Channel customer) {
    boolean called = customer.arrival == null && !customer.up;
    if (called && random.chance(0.6)) {
      pbx.lift(customer);
    } else if (called) {
      pbx.ends(
          customer,
          new EndCause(EndCause.Side.FAR, random.pick(17, 21, 1, 34), 0, "not reached"));
    } else {
      pbx.ends(customer, hungUp());
    }
  }

  private void link() {
    if (wire.linked()) {
      if (random.chance(0.3)) {
        wire.down(clock.micros());
        if (random.chance(0.2)) {
          pbx.restart();
        }
      }
    } else if (random.chance(0.7)) {
      wire.up(pbx);
    }
    if (random.chance(0.02)) {
      clock.jumpWall(Duration.ofSeconds(random.between(-3_600, 60)));
    }
  }

  private void deskOpens() {
    if (!wire.linked()) {
      wire.up(pbx);
    }
    AgentId agent = random.pick(AGENTS);
    if (desks.add(agent)) {
      desk.attach(agent, "c", message -> {});
      desk.command(agent, "c", new DeskCommand.Ready());
    } else if (random.chance(0.1)) {
      desks.remove(agent);
      desk.detach(agent, "c");
    }
  }

  private void command() {
    if (random.chance(0.05)) {
      callsColleague();
      return;
    }
    if (random.chance(0.04)) {
      pbx.dialsByHand(
          random.pick(ADDRESSES),
          random.chance(0.4) ? random.pick(ADDRESSES) : "+8613900000009", "hand-" + ++callers);
      return;
    }
    AgentId agent = random.pick(AGENTS);
    Call call = someCall();
    if (call != null && call.outside().isPresent() && random.chance(0.6)) {
      goesOnOutside(call, call.outside().get());
      return;
    }
    if (call != null && Parts.consultation(call).isPresent() && random.chance(0.6)) {
      goesOn(call);
      return;
    }
    String id = call == null ? new UUID(0, 0).toString() : call.id().toString();
    DeskCommand order =
        switch (random.nextInt(33)) {
          case 0, 1, 2 -> new DeskCommand.Ready();
          case 3 -> new DeskCommand.NotReady("lunch");
          case 4 -> new DeskCommand.SignOut();
          case 5 -> new DeskCommand.Hold(id);
          case 6 -> new DeskCommand.Resume(id);
          case 7 -> new DeskCommand.HangUp(id);
          case 8 -> new DeskCommand.Decline(id);
          case 9 -> new DeskCommand.PauseRecording(id);
          case 10 -> new DeskCommand.ResumeRecording(id);
          case 11 -> new DeskCommand.Dispose(id, "solved");
          case 12, 13 ->
              new DeskCommand.Transfer(
                  id, DeskCommand.TransferTo.AGENT, random.pick(AGENTS).toString());
          case 14 ->
              new DeskCommand.Transfer(
                  id, DeskCommand.TransferTo.QUEUE, random.pick("care", "second"));
          case 15 -> new DeskCommand.Consult(id, DeskCommand.TransferTo.QUEUE, "care");
          case 16, 17, 18 ->
              new DeskCommand.Consult(
                  id, DeskCommand.TransferTo.AGENT, anotherAgent().toString());
          case 19, 20 -> new DeskCommand.Swap(id);
          case 21 -> new DeskCommand.CompleteTransfer(id);
          case 22 -> new DeskCommand.CancelConsultation(id);
          case 23, 24 -> new DeskCommand.Merge(id);
          case 25 -> new DeskCommand.Park(id);
          case 26, 27 -> new DeskCommand.PickUp(id);
          case 28 ->
              random.chance(0.5)
                  ? new DeskCommand.Ready()
                  : new DeskCommand.Dial(random.pick(Floor.CALLER, "+8613900000009"), null);
          case 29 -> new DeskCommand.Transfer(id, DeskCommand.TransferTo.NUMBER, OUTSIDE);
          case 30, 31 -> new DeskCommand.Consult(id, DeskCommand.TransferTo.NUMBER, OUTSIDE);
          default -> new DeskCommand.FinishWrapUp(id, null);
        };
    AgentId by =
        call == null || call.segments().isEmpty() || random.chance(0.1)
            ? agent
            : someoneOf(call);
    expectFault(random.chance(0.1) ? desk.release(by, "boss") : desk.command(by, "c", order));
  }

  private void callsColleague() {
    String extension = ADDRESSES.get(AGENTS.indexOf(anotherAgent()));
    expectFault(desk.command(anotherAgent(), "c", new DeskCommand.Dial(extension, null)));
  }

  /** Most often one in which somebody talks. */
  private Call someCall() {
    List<Call> all = List.copyOf(story.calls());
    List<Call> talks = all.stream().filter(call -> call.talk().isPresent()).toList();
    List<Call> from = talks.isEmpty() || random.chance(0.3) ? all : talks;
    return from.isEmpty() ? null : random.pick(from);
  }

  private AgentId anotherAgent() {
    List<AgentId> ready =
        story.turn() == null
            ? List.of()
            : AGENTS.stream()
                .filter(id -> story.turn().agent(id).state() == AgentState.READY)
                .toList();
    return random.pick(ready.isEmpty() || random.chance(0.2) ? AGENTS : ready);
  }

  /** One of the two in a consultation does something about it. */
  private void goesOn(Call call) {
    Segment second = Parts.consultation(call).orElseThrow();
    String id = call.id().toString();
    if (second.offer().open() && random.chance(0.6)) {
      Channel device = pbx.channel(second.leg());
      if (device != null) {
        pbx.lift(device);
      }
      return;
    }
    DeskCommand order =
        random.pick(
            new DeskCommand.Swap(id), new DeskCommand.Swap(id), new DeskCommand.Merge(id),
            new DeskCommand.CompleteTransfer(id), new DeskCommand.CancelConsultation(id),
            new DeskCommand.HangUp(id));
    AgentId by = random.chance(0.8) ? call.segment(second.by()).agent() : second.agent();
    expectFault(desk.command(by, "c", order));
  }

  /** Who was called from outside answers, or something is done about them. */
  private void goesOnOutside(Call call, OutsideParty party) {
    String id = call.id().toString();
    Channel channel = pbx.channel(party.leg());
    if (!party.talking() && channel != null && !channel.up && random.chance(0.7)) {
      customerActs(channel);
      return;
    }
    DeskCommand order =
        random.pick(
            new DeskCommand.Swap(id), new DeskCommand.Swap(id), new DeskCommand.Merge(id),
            new DeskCommand.CompleteTransfer(id), new DeskCommand.CancelConsultation(id),
            new DeskCommand.HangUp(id), new DeskCommand.Hold(id));
    expectFault(desk.command(call.segment(party.by()).agent(), "c", order));
  }

  /** The last agent of a call, or one of those who speak in it. */
  private AgentId someoneOf(Call call) {
    List<AgentId> speak =
        call.segments().stream().filter(Segment::talking).map(Segment::agent).toList();
    return speak.isEmpty() ? call.segments().getLast().agent() : random.pick(speak);
  }

  private static void expectFault(CompletionStage<?> done) {
    done.whenComplete(
        (answer, thrown) -> {
          Throwable cause =
              thrown instanceof java.util.concurrent.CompletionException
                  ? thrown.getCause()
                  : thrown;
          if (cause != null && !(cause instanceof Fault) || cause instanceof Fault.Bug) {
            throw new AssertionError("A command failed oddly", cause);
          }
        });
  }

  private void time() {
    clock.advance(
        random.chance(0.15)
            ? Duration.ofSeconds(random.between(5, 40))
            : Duration.ofMillis(random.between(1, 2_000)));
  }

  private void someone(List<Channel> channels, Consumer<Channel> does) {
    if (!channels.isEmpty()) {
      does.accept(random.pick(channels));
    }
  }

  private static EndCause hungUp() {
    return new EndCause(EndCause.Side.FAR, 16, 0, "bye");
  }

  private static EndCause lostMedia() {
    return new EndCause(EndCause.Side.SWITCH, 44, 0, "no audio came");
  }

  // ---- the place -----------------------------------------------------------------------------

  private static Directory directory() {
    Map<AgentId, Directory.Agent> agents = new HashMap<>();
    for (int i = 0; i < AGENTS.size(); i++) {
      Directory.Device device =
          new Directory.Device(
              PlayedSwitch.ID, ADDRESSES.get(i), i < 2 ? Phone.BROWSER : Phone.SIP);
      AgentId id = AGENTS.get(i);
      agents.put(id, new Directory.Agent(id, "agent" + i, "Agent " + i, List.of(device)));
    }
    return new Directory(
        lines(),
        Map.of(
            "care", new Directory.Queue("care", "Care", Set.copyOf(AGENTS)),
            "second",
                new Directory.Queue(
                    "second", "Second", Set.of(AGENTS.get(0), AGENTS.get(2)), false,
                    new Directory.Comfort(0, null, 3, 15, 60, Directory.DropOut.BACK))),
        agents,
        List.of(new Directory.Disposition("solved", "已解决", "Solved")));
  }

  private static Map<String, Line> lines() {
    Line.Notice hello = new Line.Notice("v1", "en", "This call is recorded.");
    Line.Notice sorry = new Line.Notice("v1", "en", "Nobody is there.");
    return Map.of(
        "plain", line("plain", "care", Line.Waiting.RINGING, null, sorry, 20),
        "music", line("music", "second", Line.Waiting.MUSIC, null, sorry, 0),
        "recorded", line("recorded", "care", Line.Waiting.MUSIC, hello, sorry, 20),
        "silent", line("silent", "second", Line.Waiting.RINGING, null, null, 20));
  }

  private static Line line(
      String did, String queue, Line.Waiting waiting, Line.Notice hello, Line.Notice sorry,
      int wrapUp) {
    return new Line(
        did, did, queue, waiting, hello, hello != null, 15, wrapUp, 20, 120, sorry);
  }

  private final class Watch implements LedgerWatch {
    private final List<String> bugs = new ArrayList<>();

    @Override
    public void bug(String what, Throwable cause) {
      bugs.add(what);
      throw new AssertionError(what, cause);
    }
  }
}
