package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact.GivenUp;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.SwitchGaps;
import io.cordboard.core.call.SwitchGaps.Amended;
import io.cordboard.core.call.SwitchGaps.Known;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AgentObserved;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.SwitchRecords;
import io.cordboard.spi.telephony.SwitchRecords.Outcome;
import io.cordboard.spi.telephony.SwitchRecords.OwnCall;
import io.cordboard.spi.telephony.SwitchRecords.Page;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened while we were not there, from the switches' own records: a call that never reached us
 * goes through the ledger like any other, but nobody's desk opens for it; one that was ours before is
 * completed in the archive.
 *
 * <p>The position in the records is kept only when everything before it is. Whatever was begun before a
 * kill is told again: the ledger takes each event of a leg once, and a call that stands in the archive is
 * not told at all.
 */
public final class AfterTheGap {
  static final String NO_LINE = Outcome.NO_LINE.name();

  /** The epoch of legs that are told afterwards: those of a link have the start of their switch. */
  private static final long PAST = 0;

  /** A call without its customer so many looks after it was told goes without. */
  private static final int LOOKS = 5;

  private static final long DAY = 86_400_000_000L;

  private final Ledger ledger;
  private final SwitchBoard board;
  private final SwitchGaps gaps;
  private final Supplier<Directory> directory;
  private final Predicate<String> linked;
  private final Executor slow;
  private final Map<String, Round> rounds = new HashMap<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private final Map<String, SwitchGaps.Gap> last = new ConcurrentHashMap<>();
  private @Nullable CompletableFuture<?> running;

  /**
   * @param linked whether the link with a switch stands
   * @param slow where the database is asked
   */
  public AfterTheGap(
      Ledger ledger, SwitchBoard board, SwitchGaps gaps, Supplier<Directory> directory,
      Predicate<String> linked, Executor slow) {
    this.ledger = ledger;
    this.board = board;
    this.gaps = gaps;
    this.directory = directory;
    this.linked = linked;
    this.slow = slow;
  }

  /** Calls of one page that were told as arrived, and wait for who their callers are. */
  private record Round(PhoneSwitch of, Page page, List<OwnCall> fresh, int looks) {
    LegKey leg(OwnCall call) {
      return new LegKey(of.id(), PAST, call.channel());
    }

    Round again() {
      return new Round(of, page, fresh, looks + 1);
    }
  }

  /** Why the records of a switch cannot be read, by its id, for the health page. */
  public Map<String, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** The last calls that each switch looked after alone, for the health page. */
  public Map<String, SwitchGaps.Gap> last() {
    return Map.copyOf(last);
  }

  /** Looks into the records of every switch, when the last look is done. Called by one thread. */
  public void tick() {
    if (running != null && !running.isDone()) {
      return;
    }
    CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    for (PhoneSwitch one : board.all()) {
      if (one.capabilities().contains(Capability.SWITCH_RECORDS) && linked.test(one.id())) {
        all = all.thenCompose(before -> guarded(one)).toCompletableFuture();
      }
    }
    running = all;
  }

  private CompletionStage<?> guarded(PhoneSwitch one) {
    CompletionStage<?> look;
    try {
      Round open = rounds.get(one.id());
      look = open != null && open.of == one ? goOn(open) : begin(one);
    } catch (RuntimeException failed) {
      look = CompletableFuture.failedFuture(failed);
    }
    return look.handle(
        (done, failed) -> {
          if (failed == null) {
            troubles.remove(one.id());
          } else {
            rounds.remove(one.id());
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            troubles.put(one.id(), String.valueOf(cause.getMessage()));
          }
          return done;
        });
  }

  // ---- arrivals

  private CompletionStage<?> begin(PhoneSwitch one) {
    Optional<SwitchGaps.Gap> gap = gaps.of(one.id());
    gap.ifPresent(known -> last.put(one.id(), known));
    @Nullable String after = gap.map(SwitchGaps.Gap::position).orElse(null);
    return one.as(SwitchRecords.class)
        .read(after)
        .thenComposeAsync(
            page -> {
              if (!page.calls().isEmpty()) {
                return lived(one.id()).thenAcceptAsync(live -> sort(one, page, live), slow);
              }
              if (!page.next().equals(after)) {
                gaps.passed(one.id(), page.next(), 0, 0);
              }
              return CompletableFuture.completedFuture(null);
            },
            slow);
  }

  /** Channels whose calls are the ledger's own and live. */
  private CompletionStage<Set<String>> lived(String switchId) {
    return ledger.ask(
        turn -> {
          Set<String> channels = new HashSet<>();
          for (Call call : turn.calls()) {
            LegKey leg = call.arrival().leg();
            if (leg.switchId().equals(switchId) && !call.fallback()) {
              channels.add(leg.channel());
            }
          }
          return channels;
        });
  }

  private void sort(PhoneSwitch one, Page page, Set<String> live) {
    long since = page.calls().stream().mapToLong(OwnCall::arrivedAt).min().orElse(0) - DAY;
    List<String> channels = page.calls().stream().map(OwnCall::channel).toList();
    Map<String, Known> known = gaps.known(one.id(), channels, since);
    List<OwnCall> fresh = new ArrayList<>();
    for (OwnCall call : page.calls()) {
      Known stands = known.get(call.channel());
      if (stands != null) {
        complete(stands, call, one.id());
      } else if (call.claims() != null && !live.contains(call.channel())) {
        fresh.add(call);
      }
    }
    Round round = new Round(one, page, fresh, 0);
    rounds.put(one.id(), round);
    for (OwnCall call : fresh) {
      tell(
          new LegArrived(
              round.leg(call), call.arrivedAt(), Control.FALLBACK,
              Objects.requireNonNull(call.claims()), call.sipCallId(), call.linkedId()));
    }
  }

  // ---- what became of them, when it is known who they are

  private CompletionStage<?> goOn(Round round) {
    return ledger
        .ask(turn -> round.looks < LOOKS && round.fresh.stream().anyMatch(one -> nameless(turn, round, one)))
        .thenComposeAsync(
            waits -> {
              if (waits) {
                rounds.put(round.of.id(), round.again());
                return CompletableFuture.completedFuture(null);
              }
              return finish(round);
            },
            slow);
  }

  private static boolean nameless(Turn turn, Round round, OwnCall call) {
    return turn.callOf(round.leg(call)).filter(one -> one.match().isEmpty()).isPresent();
  }

  private CompletionStage<?> finish(Round round) {
    CompletionStage<Boolean> kept = CompletableFuture.completedFuture(true);
    for (OwnCall call : round.fresh) {
      kept = ended(round, call);
    }
    return kept.thenAcceptAsync(
        done -> {
          int calls = round.fresh.size();
          long last = round.fresh.stream().mapToLong(OwnCall::endedAt).max().orElse(0);
          gaps.passed(round.of.id(), round.page.next(), calls, last);
          rounds.remove(round.of.id());
        },
        slow);
  }

  /** Commits come in order: when the last of them has come, they all have. */
  private CompletionStage<Boolean> ended(Round round, OwnCall call) {
    LegKey leg = round.leg(call);
    boolean answered = call.answeredAt() != 0;
    if (!answered && call.outcome() != Outcome.ABANDONED) {
      ledger.ask(
          turn -> {
            turn.callOf(leg)
                .filter(one -> one.givenUp().isEmpty())
                .ifPresent(one -> turn.record(one, new GivenUp(turn.now(), call.outcome().name())));
            return true;
          });
    }
    if (answered) {
      tell(new LegAnswered(leg, call.answeredAt()));
      if (call.device() != null) {
        tell(new AgentObserved(leg, call.answeredAt() + 1, call.device()));
      }
      if (call.recording() != null) {
        tell(new RecordingStarted(leg, call.answeredAt() + 2, call.recording()));
        tell(new RecordingEnded(leg, Math.max(call.endedAt(), call.answeredAt() + 3), call.recording()));
      }
    }
    tell(new LegEnded(leg, call.endedAt(), call.cause()));
    return ledger.ask(turn -> true);
  }

  private void tell(CallEvent event) {
    ledger.on(new Happened(event));
  }

  // ---- calls that were ours before

  /** The link was lost with it, so how it ended was a guess: now it is known. */
  private void complete(Known stands, OwnCall call, String switchId) {
    if (!call.queued() || stands.fallback() || !stands.unobserved()) {
      return;
    }
    AgentId agent = agent(switchId, call.device());
    boolean served = call.outcome() == Outcome.ANSWERED;
    Amended how =
        new Amended(call.outcome().name(), call.answeredAt(), call.endedAt(), agent);
    if (gaps.amend(stands.call(), how) && served) {
      String customer = stands.customer() == null ? null : stands.customer().toString();
      String queue =
          directory.get().line(stands.line()).map(Line::queue).orElse("");
      ledger.ask(
          turn -> {
            turn.task(
                new TaskChange.Served(
                    stands.call(), customer, stands.number(), queue, call.endedAt()));
            return true;
          });
    }
  }

  private @Nullable AgentId agent(String switchId, @Nullable String device) {
    return device == null
        ? null
        : new WhoHas(directory).device(switchId, device).map(Directory.Agent::id).orElse(null);
  }
}
