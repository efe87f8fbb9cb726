package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.TurnTold;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamView;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.desk.TeamView.AgentLine;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.desk.TeamView.QueueDay;
import io.cordboard.core.desk.TeamView.QueueLine;
import io.cordboard.core.desk.TeamView.ToldTurn;
import io.cordboard.core.desk.TeamView.WaitingCall;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.QueuePace;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor's board. While somebody looks, one view a second is made for all who do: the states are
 * copied on the ledger's thread, the figures are read and the view is told beside it.
 */
public final class TeamBoard implements TeamDoor {
  /** Reading may take a tenth of the time at most, so that a slow database is not kept busy by it. */
  private static final long READ_SHARE = 10;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static final System.Logger LOG = System.getLogger(TeamBoard.class.getName());

  private final Ledger ledger;
  private final Journeys journeys;
  private final Reading reading;
  private final Map<String, Consumer<TeamView>> watchers = new ConcurrentHashMap<>();
  private final AtomicBoolean making = new AtomicBoolean();
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile TeamFigures.Day day = TeamFigures.Day.NONE;
  private volatile long readAgainNanos;
  private volatile @Nullable TeamView shown;
  private volatile @Nullable Told last;

  /** What those who look were told, and when. */
  private record Told(TeamView view, long nanos) {}

  /**
   * What is read beside the ledger.
   *
   * @param zone whose midnight begins a day
   * @param slow where readers of the database run
   */
  public record Reading(
      DeskDoor desk, TeamFigures figures, Clock clock, ZoneId zone, Executor slow) {}

  public TeamBoard(Ledger ledger, Journeys journeys, Reading reading) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.reading = reading;
    this.readAgainNanos = reading.clock().nanos();
  }

  // ---- looking -------------------------------------------------------------------------------

  @Override
  public void watch(String connection, Consumer<TeamView> sink) {
    watchers.put(connection, sink);
    Told told = last;
    // many who begin at once must not each have the ledger copy the states
    if (told != null && reading.clock().nanos() - told.nanos() < SECOND) {
      sink.accept(told.view());
    } else {
      now().thenAccept(sink);
    }
  }

  @Override
  public void leave(String connection) {
    watchers.remove(connection);
  }

  /** Called often enough that whoever watches is told within a second. */
  public void tick() {
    if (watchers.isEmpty() || !making.compareAndSet(false, true)) {
      return;
    }
    now()
        .whenComplete(
            (view, fault) -> {
              making.set(false);
              if (view != null) {
                last = new Told(view, reading.clock().nanos());
              }
              if (view != null && !same(view, shown)) {
                shown = view;
                watchers.values().forEach(sink -> sink.accept(view));
              }
            });
  }

  private static boolean same(TeamView now, @Nullable TeamView before) {
    return before != null
        && now.agents().equals(before.agents())
        && now.queues().equals(before.queues())
        && now.waiting().equals(before.waiting());
  }

  @Override
  public CompletionStage<TeamView> now() {
    return ledger.ask(this::live).thenApplyAsync(this::withFigures, reading.slow());
  }

  private TeamView withFigures(TeamView live) {
    TeamFigures.Day figures = figures(midnight(live.at()));
    return new TeamView(
        live.at(), live.since(),
        live.agents().stream().map(line -> with(line, figures)).toList(),
        live.queues().stream().map(line -> with(line, figures)).toList(),
        live.waiting());
  }

  private static AgentLine with(AgentLine line, TeamFigures.Day figures) {
    return new AgentLine(
        line.agentId(), line.user(), line.name(), line.state(), line.reason(), line.since(),
        line.phoneState(), line.deskOpen(), line.queues(), line.callId(), line.talkingTo(),
        figures.agents().getOrDefault(AgentId.parse(line.agentId()), AgentDay.NONE));
  }

  private static QueueLine with(QueueLine line, TeamFigures.Day figures) {
    return new QueueLine(
        line.queue(), line.label(), line.waiting(), line.longestSince(), line.agents(),
        line.ready(), line.busy(), figures.queues().getOrDefault(line.queue(), QueueDay.NONE));
  }

  private TeamFigures.Day figures(long since) {
    // one reads them; who comes meanwhile is shown the last ones and holds no reader
    if (isDue() && counting.compareAndSet(false, true)) {
      try {
        if (isDue()) {
          read(since);
        }
      } finally {
        counting.set(false);
      }
    }
    return day;
  }

  private boolean isDue() {
    return reading.clock().nanos() - readAgainNanos >= 0;
  }

  private void read(long since) {
    long begin = reading.clock().nanos();
    try {
      day = reading.figures().day(since);
    } catch (Fault away) {
      // the states are shown all the same, with the figures as they were
      LOG.log(System.Logger.Level.WARNING, "The day''s figures cannot be read: {0}", away.getMessage());
    }
    readAgainNanos = begin + READ_SHARE * (reading.clock().nanos() - begin);
  }

  private long midnight(Instant at) {
    Instant begin = at.atZone(reading.zone()).truncatedTo(ChronoUnit.DAYS).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, begin);
  }

  @Override
  public List<PastCall> calls(CallsWanted wanted) {
    LocalDate day =
        wanted.day() == null
            ? LocalDate.ofInstant(reading.clock().now(), reading.zone())
            : wanted.day();
    return reading.figures().calls(begin(day), begin(day.plusDays(1)), wanted);
  }

  private long begin(LocalDate day) {
    return ChronoUnit.MICROS.between(
        Instant.EPOCH, day.atStartOfDay(reading.zone()).toInstant());
  }

  // ---- on the ledger's thread ------------------------------------------------------------------

  private TeamView live(Turn turn) {
    Directory directory = journeys.directory();
    Instant now = Clock.instant(turn.now());
    List<AgentLine> agents =
        directory.agents().values().stream()
            .filter(known -> serves(directory, known.id()) || turn.agent(known.id()).state() != AgentState.OFFLINE)
            .sorted(Comparator.comparing(Directory.Agent::user))
            .map(known -> agent(turn, directory, known))
            .toList();
    List<WaitingCall> waiting = new ArrayList<>();
    for (Call call : turn.calls()) {
      if ((call.waiting() || call.placeKept()) && waiting.size() < TeamView.MOST_WAITING) {
        call.queued().map(queued -> waiting(directory, call, queued)).ifPresent(waiting::add);
      }
    }
    waiting.sort(Comparator.comparing(WaitingCall::since));
    return new TeamView(
        now, Clock.instant(midnight(now)), agents, queues(turn, directory), waiting);
  }

  private static boolean serves(Directory directory, AgentId agent) {
    return directory.queues().values().stream().anyMatch(q -> q.members().contains(agent));
  }

  private AgentLine agent(Turn turn, Directory directory, Directory.Agent known) {
    AgentBook.Agent agent = turn.agent(known.id());
    Me me = journeys.desks().me(turn.agents(), agent);
    CallId held = agent.call();
    List<String> queues =
        directory.queues().values().stream()
            .filter(queue -> queue.members().contains(known.id()))
            .map(Directory.Queue::id)
            .sorted()
            .toList();
    String number =
        held == null ? null : turn.call(held).map(TeamBoard::number).orElse(null);
    return new AgentLine(
        me.agentId(), me.user(), me.name(), me.state(), me.reason(), me.since(), me.phoneState(),
        !agent.desks().isEmpty(), queues, held == null ? null : held.toString(), number,
        AgentDay.NONE);
  }

  private static @Nullable String number(Call call) {
    String number = Offers.shownNumber(call);
    return number == null ? null : Masks.number(number);
  }

  private static WaitingCall waiting(Directory directory, Call call, Queued queued) {
    String line =
        call.read().flatMap(read -> directory.line(read.line())).map(Line::label).orElse("");
    return new WaitingCall(
        call.id().toString(), queued.queue(), Clock.instant(queued.since()), queued.front(), line,
        number(call), queued.priority(), call.turnTold().map(TeamBoard::told).orElse(null), call.placeKept());
  }

  private static ToldTurn told(TurnTold told) {
    return new ToldTurn(
        Clock.instant(told.at()), told.position(),
        told.minutes() == QueuePace.UNKNOWN ? null : told.minutes());
  }

  private static List<QueueLine> queues(Turn turn, Directory directory) {
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, Long> longest = new HashMap<>();
    for (Call call : turn.calls()) {
      Queued queued = call.waiting() || call.placeKept() ? call.queued().orElse(null) : null;
      if (queued != null) {
        waiting.merge(queued.queue(), 1, Integer::sum);
        longest.merge(queued.queue(), queued.since(), Math::min);
      }
    }
    return directory.queues().values().stream()
        .sorted(Comparator.comparing(Directory.Queue::id))
        .map(
            queue ->
                queue(
                    turn, queue, waiting.getOrDefault(queue.id(), 0), longest.get(queue.id())))
        .toList();
  }

  private static QueueLine queue(
      Turn turn, Directory.Queue queue, int waiting, @Nullable Long longest) {
    int ready = 0;
    int busy = 0;
    for (AgentId member : queue.members()) {
      AgentBook.Agent agent = turn.agent(member);
      ready += agent.state() == AgentState.READY && !agent.desks().isEmpty() ? 1 : 0;
      busy += agent.state().busy() || agent.call() != null ? 1 : 0;
    }
    return new QueueLine(
        queue.id(), queue.label(), waiting, longest == null ? null : Clock.instant(longest),
        queue.members().size(), ready, busy, QueueDay.NONE);
  }

  // ---- acting --------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> move(CallId id, String queue) {
    return ledger.ask(
        turn -> {
          if (!journeys.directory().queues().containsKey(queue)) {
            throw new Fault.NotFound(
                "There is no queue '%s': choose one of the list.".formatted(Fault.excerpt(queue)));
          }
          Call call =
              turn.call(id).orElseThrow(() -> new Fault.NotFound("This call is over."));
          Queued queued = call.queued().orElse(null);
          if (!call.waiting() || queued == null) {
            throw new Fault.Refused(
                "This call does not wait any more: an agent is asked, or it is over.");
          }
          if (!queued.queue().equals(queue)) {
            turn.record(
                call,
                new Queued(
                    turn.now(), queue, queued.since(), queued.front(), queued.until(),
                    queued.priority()));
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Void> order(AgentId agent, Wanted wanted, String reason) {
    if (!journeys.directory().agents().containsKey(agent)) {
      throw new Fault.NotFound("There is no such agent.");
    }
    DeskCommand command =
        switch (wanted) {
          case READY -> new DeskCommand.Ready();
          case NOT_READY -> new DeskCommand.NotReady(reason);
          case OFFLINE -> new DeskCommand.SignOut();
        };
    return ledger
        .ask(
            turn -> {
              AgentBook.Agent known = turn.agent(agent);
              boolean appears = wanted == Wanted.READY || known.state() == AgentState.OFFLINE;
              // callers would wait for somebody who is not there
              if (wanted != Wanted.OFFLINE && appears && known.desks().isEmpty()) {
                throw new Fault.Refused(
                    "No desk of this agent is open, so nobody would answer: the agent signs in first.");
              }
              return true;
            })
        .thenCompose(there -> reading.desk().command(agent, "supervisor", command));
  }
}
