package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.CALLER;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.SwitchGaps;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchRecords;
import io.cordboard.spi.telephony.SwitchRecords.Outcome;
import io.cordboard.spi.telephony.SwitchRecords.OwnCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a switch looked after while Cordboard was down is in the ledger afterwards, each call once. */
class AfterTheGapTest {
  private static final long SECOND = 1_000_000;

  private final Floor floor = new Floor();
  private final Records records = new Records();
  private final Gaps gaps = new Gaps();
  private AfterTheGap gap;
  private long start;

  /** The records of a switch: as many calls as stand in the list. */
  private static final class Records implements PhoneSwitch, SwitchRecords {
    final List<OwnCall> calls = new ArrayList<>();
    int reads;
    boolean broken;

    @Override
    public String id() {
      return "pbx";
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.SWITCH_RECORDS);
    }

    @Override
    public void start(SwitchListener listener) {}

    @Override
    public void close() {}

    @Override
    public CompletionStage<Page> read(@Nullable String after) {
      reads++;
      if (broken) {
        return CompletableFuture.failedFuture(new Fault.Refused("No right to read."));
      }
      int from = after == null ? calls.size() : Integer.parseInt(after);
      return CompletableFuture.completedFuture(
          new Page(calls.subList(from, calls.size()), Integer.toString(calls.size()), 0, 0));
    }
  }

  private final class Gaps implements SwitchGaps {
    final Map<String, Gap> passed = new HashMap<>();
    final Map<CallId, Amended> amended = new LinkedHashMap<>();
    boolean away;

    @Override
    public Optional<Gap> of(String switchId) {
      return Optional.ofNullable(passed.get(switchId));
    }

    @Override
    public void passed(String switchId, String position, int calls, long at) {
      if (away) {
        throw new Fault.Unreachable("killed here", null);
      }
      passed.put(switchId, new Gap(position, calls, at));
    }

    @Override
    public Map<String, Known> known(String switchId, Collection<String> channels, long since) {
      Map<String, Known> known = new HashMap<>();
      for (CallRecord row : floor.store.calls.values()) {
        if (row.switchId().equals(switchId) && channels.contains(row.channel()) && row.arrivedAt() >= since) {
          known.put(
              row.channel(),
              new Known(
                  row.call(), row.customer(), row.number(), row.line(), row.fallback(),
                  row.approximateTo() != 0));
        }
      }
      return known;
    }

    @Override
    public boolean amend(CallId call, Amended how) {
      return amended.putIfAbsent(call, how) == null;
    }
  }

  @BeforeEach
  void theSwitchIsKnown() {
    floor.link();
    starts();
    look();
    assertThat(gaps.passed).containsKey("pbx");
    start = floor.clock.micros();
    floor.pass(Duration.ofMinutes(10));
  }

  private void starts() {
    SwitchBoard board = new SwitchBoard();
    board.add(records);
    gap =
        new AfterTheGap(
            floor.ledger, board, gaps, () -> floor.directory, id -> true, Runnable::run);
  }

  /** As often as everything that was read needs. */
  private void look() {
    for (int n = 0; n < 8; n++) {
      gap.tick();
      floor.step();
    }
  }

  private OwnCall call(String channel, long answeredAt, Outcome outcome) {
    return new OwnCall(
        channel, "li-" + channel, "sip-" + channel, NumberClaims.of("provider", CALLER, PLAIN),
        start + SECOND, answeredAt, answeredAt == 0 ? null : "2001", start + 60 * SECOND,
        new EndCause(EndCause.Side.FAR, 16, 0, "without-server"), null, true, outcome);
  }

  private CallRecord only() {
    assertThat(floor.store.calls).hasSize(1);
    return floor.store.calls.values().iterator().next();
  }

  @Test
  void anAnsweredCallIsARecordWithItsTimesItsCustomerAndItsAgent() {
    records.calls.add(call("a.1", start + 20 * SECOND, Outcome.ANSWERED));
    look();
    CallRecord record = only();
    assertThat(record.outcome()).isEqualTo("ANSWERED");
    assertThat(record.fallback()).isTrue();
    assertThat(record.controlled()).isFalse();
    assertThat(record.arrivedAt()).isEqualTo(start + SECOND);
    assertThat(record.answeredAt()).isEqualTo(start + 20 * SECOND);
    assertThat(record.endedAt()).isEqualTo(start + 60 * SECOND);
    assertThat(record.waitMillis()).isEqualTo(19_000);
    assertThat(record.talkMillis()).isEqualTo(40_000);
    assertThat(record.agent()).isEqualTo(ANN);
    assertThat(record.number()).isEqualTo(CALLER);
    assertThat(record.line()).isEqualTo(PLAIN);
    assertThat(record.matchState()).isNotEqualTo("UNKNOWN");
    assertThat(record.linkedId()).isEqualTo("li-a.1");
    assertThat(floor.store.tasks).anyMatch(TaskChange.Served.class::isInstance);
    assertThat(gaps.passed.get("pbx").calls()).isEqualTo(1);
    assertThat(gaps.passed.get("pbx").at()).isEqualTo(start + 60 * SECOND);
  }

  @Test
  void whoGaveUpOrFoundNobodyIsOwedACallFromThatTime() {
    records.calls.add(call("a.1", 0, Outcome.ABANDONED));
    records.calls.add(call("a.2", 0, Outcome.MISSED));
    records.calls.add(call("a.3", 0, Outcome.CLOSED));
    records.calls.add(call("a.4", 0, Outcome.NO_LINE));
    look();
    assertThat(floor.store.calls.values())
        .extracting(CallRecord::outcome)
        .containsExactlyInAnyOrder("ABANDONED", "MISSED", "CLOSED", "NO_LINE");
    List<TaskChange.Missed> missed =
        floor.store.tasks.stream()
            .filter(TaskChange.Missed.class::isInstance)
            .map(TaskChange.Missed.class::cast)
            .toList();
    assertThat(missed).extracting(TaskChange.Missed::at).containsOnly(start + 60 * SECOND);
    assertThat(missed)
        .extracting(TaskChange.Missed::reason)
        .containsExactlyInAnyOrder("abandoned", "missed", "missed");
  }

  @Test
  void nobodysDeskOpensForACallThatIsOver() {
    floor.ready(ANN);
    int before = floor.told.get(ANN).size();
    records.calls.add(call("a.1", start + 20 * SECOND, Outcome.ANSWERED));
    look();
    assertThat(floor.told.get(ANN).subList(before, floor.told.get(ANN).size()))
        .noneMatch(message -> message.toString().contains("a.1") || message.toString().contains(PLAIN));
  }

  @Test
  void aRecordingOfTheFallbackIsFetchedLikeAnyOther() {
    OwnCall plain = call("a.1", start + 20 * SECOND, Outcome.ANSWERED);
    records.calls.add(
        new OwnCall(
            plain.channel(), plain.linkedId(), null, plain.claims(), plain.arrivedAt(),
            plain.answeredAt(), plain.device(), plain.endedAt(), plain.cause(), "fallback-a_1", true,
            Outcome.ANSWERED));
    look();
    assertThat(floor.store.recordings.values())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.name()).isEqualTo("fallback-a_1");
              assertThat(row.state()).isEqualTo("ON_SWITCH");
              assertThat(row.endedAt()).isEqualTo(start + 60 * SECOND);
            });
  }

  @Test
  void aKillBetweenAnyTwoStepsDoublesNothing() {
    for (int steps = 1; steps <= 6; steps++) {
      String channel = "k." + steps;
      records.calls.add(call(channel, start + 20 * SECOND, Outcome.ANSWERED));
      for (int n = 0; n < steps; n++) {
        gap.tick();
        floor.step();
      }
      floor.kill();
      floor.boot();
      floor.link();
      starts();
      look();
      assertThat(floor.store.calls.values().stream().filter(row -> row.channel().equals(channel)))
          .as("killed after %d looks", steps)
          .hasSize(1);
    }
    assertThat(floor.store.calls).hasSize(6);
  }

  @Test
  void aKillBeforeThePositionIsKeptTellsThemAgainAndKeepsThemOnce() {
    records.calls.add(call("a.1", start + 20 * SECOND, Outcome.ANSWERED));
    gaps.away = true;
    look();
    assertThat(floor.store.calls).hasSize(1);
    assertThat(gap.troubles()).containsKey("pbx");
    gaps.away = false;
    floor.kill();
    floor.boot();
    floor.link();
    starts();
    look();
    assertThat(floor.store.calls).hasSize(1);
    assertThat(gaps.passed.get("pbx").position()).isEqualTo("1");
    assertThat(gap.troubles()).isEmpty();
  }

  @Test
  void aCallThatWaitedWithUsAndWasAnsweredWithoutUsIsCompleted() {
    floor.ready(ANN);
    var leg = floor.arrives(PLAIN);
    floor.kill();
    floor.boot();
    floor.link();
    CallRecord guessed = only();
    assertThat(guessed.outcome()).isEqualTo("ABANDONED");
    starts();
    long answered = floor.clock.micros() - 5 * SECOND;
    records.calls.add(
        new OwnCall(
            leg.channel(), "li", null, null, floor.clock.micros() - 10 * SECOND, answered, "2001",
            floor.clock.micros() - SECOND, EndCause.absent(), null, true, Outcome.ANSWERED));
    look();
    assertThat(floor.store.calls).hasSize(1);
    assertThat(gaps.amended)
        .containsOnlyKeys(guessed.call())
        .containsEntry(
            guessed.call(),
            new SwitchGaps.Amended("ANSWERED", answered, floor.clock.micros() - SECOND, ANN));
    assertThat(floor.store.tasks.getLast()).isInstanceOf(TaskChange.Served.class);
  }

  @Test
  void aCallThatIsStillOursIsLeftAlone() {
    var leg = floor.arrives(PLAIN);
    OwnCall marked = call(leg.channel(), 0, Outcome.ABANDONED);
    records.calls.add(marked);
    look();
    assertThat(floor.store.calls).isEmpty();
    assertThat(gaps.passed.get("pbx").position()).isEqualTo("1");
  }

  @Test
  void recordsThatCannotBeReadAreToldAndTriedAgain() {
    records.broken = true;
    look();
    assertThat(gap.troubles()).containsEntry("pbx", "No right to read.");
    int before = records.reads;
    records.broken = false;
    look();
    assertThat(records.reads).isGreaterThan(before);
    assertThat(gap.troubles()).isEmpty();
  }
}
