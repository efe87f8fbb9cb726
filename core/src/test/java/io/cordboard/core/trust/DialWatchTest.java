package io.cordboard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DialWatchTest {
  private static final AgentId ANN = new AgentId(new UUID(1, 1));

  private final HandClock clock = new HandClock();
  private final Trail trail = new Trail();
  private final Ears ears = new Ears();
  private final DialWatch watch = new DialWatch(trail, DialWatchTest::owner, ears, clock);

  /** Keeps entries, or refuses them. */
  private static final class Trail implements Audit {
    final List<AuditEntry> entries = new ArrayList<>();
    boolean full;

    @Override
    public void record(AuditEntry entry) {
      if (full) {
        throw new Fault.Busy("full", Duration.ZERO);
      }
      entries.add(entry);
    }

    @Override
    public void recordNow(AuditEntry entry) {
      record(entry);
    }
  }

  private static final class Ears implements DialWatch.Told {
    final List<Stage> stages = new ArrayList<>();
    final List<InternationalRefused> refusals = new ArrayList<>();
    final List<AuditEntry> unaudited = new ArrayList<>();

    @Override
    public void linked(String switchId) {}

    @Override
    public void emergency(EmergencyCall call) {
      stages.add(call.stage());
    }

    @Override
    public void refused(InternationalRefused refused) {
      refusals.add(refused);
    }

    @Override
    public void unaudited(AuditEntry entry, Fault fault) {
      unaudited.add(entry);
    }
  }

  private static Optional<AgentId> owner(String switchId, String device) {
    return (switchId + "/" + device).equals("pbx/1001") ? Optional.of(ANN) : Optional.empty();
  }

  private void emergency(Stage stage) {
    emergency("cb-1.7", "112", stage);
  }

  private void emergency(String call, String number, Stage stage) {
    watch.heard(new EmergencyCall("pbx", call, "1001", number, stage, clock.micros()));
  }

  private void linked() {
    SwitchSnapshot nothing = new SwitchSnapshot(0, List.of(), Map.of(), List.of());
    watch.heard(new LinkUp("pbx", 1, nothing, 0));
  }

  private void assertOnlyWarning(String words) {
    assertThat(watch.warnings())
        .singleElement()
        .satisfies(told -> assertThat(told).contains(words));
  }

  @Test
  void everyStageOfAnEmergencyCallIsAuditedAsTheDoingOfWhoeverHasThePhone() {
    emergency(Stage.DIALLED);
    emergency(Stage.ANSWERED);
    assertThat(trail.entries)
        .extracting(AuditEntry::who, AuditEntry::what, AuditEntry::subject, AuditEntry::correlation)
        .containsOnly(
            tuple(
                "user:" + ANN, "emergency-call", "phone:pbx/1001", "cb-1.7"));
    assertThat(trail.entries)
        .extracting(entry -> entry.details().get("stage"))
        .containsExactly("dialled", "answered");
    assertThat(ears.stages).containsExactly(Stage.DIALLED, Stage.ANSWERED);
  }

  @Test
  void oneThatIsToldAgainIsOne() {
    emergency(Stage.DIALLED);
    linked();
    emergency(Stage.DIALLED);
    assertThat(trail.entries).hasSize(1);
    assertThat(ears.stages).containsExactly(Stage.DIALLED);
    assertOnlyWarning("goes on");
    emergency(Stage.FAILED);
    emergency(Stage.FAILED);
    emergency(Stage.DIALLED);
    assertThat(trail.entries).hasSize(2);
  }

  @Test
  void itIsShownWhileItGoesOnAndForAnHour() {
    assertThat(watch.warnings()).isEmpty();
    emergency(Stage.DIALLED);
    clock.advance(Duration.ofHours(2));
    assertThat(watch.warnings())
        .containsExactly("An emergency call to 112 goes on at phone 1001.");
    emergency(Stage.FAILED);
    assertOnlyWarning("no trunk took it");
    clock.advance(Duration.ofMinutes(61));
    assertThat(watch.warnings()).isEmpty();
  }

  @Test
  void oneWhoseEndWasNotSeenGoesOnNoLonger() {
    emergency(Stage.DIALLED);
    linked();
    assertOnlyWarning("its end was not seen");
  }

  @Test
  void aLaterCallHidesNoneBeforeItAndTheMostUrgentStandFirst() {
    emergency("a", "110", Stage.FAILED);
    emergency("b", "119", Stage.DIALLED);
    emergency("c", "120", Stage.UNANSWERED);
    emergency("d", "112", Stage.ANSWERED);
    assertThat(watch.warnings())
        .extracting(told -> told.replaceAll(".* to (\\d+) .*", "$1"))
        .containsExactly("119", "110", "120", "112");
  }

  @Test
  void ofManyFiveAreShownAndTheOthersCounted() {
    emergency("first", "119", Stage.DIALLED);
    for (int n = 0; n < 120; n++) {
      clock.advance(Duration.ofSeconds(1));
      emergency("c" + n, "110", Stage.ANSWERED);
    }
    assertThat(watch.warnings())
        .hasSize(6)
        .startsWith("An emergency call to 119 goes on at phone 1001.")
        .endsWith("And 95 more: see the audit.");
  }

  @Test
  void aRefusedCountryIsToldAndAudited() {
    watch.heard(new InternationalRefused("pbx", null, 1));
    assertThat(ears.refusals).hasSize(1);
    assertThat(trail.entries)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.who()).isEqualTo("system:pbx");
              assertThat(entry.subject()).isEqualTo("phone:pbx/unknown");
              assertThat(entry.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(entry.details()).containsExactly(Map.entry("reason", "international"));
            });
  }

  @Test
  void anAuditThatRefusesHidesNothing() {
    trail.full = true;
    emergency(Stage.DIALLED);
    assertOnlyWarning("goes on");
    assertThat(ears.stages).containsExactly(Stage.DIALLED);
    assertThat(ears.unaudited).hasSize(1);
  }

  @Test
  void otherSignalsAreNotItsBusiness() {
    watch.heard(new SwitchSignal.Unknown("pbx", "odd", "{}"));
    assertThat(trail.entries).isEmpty();
  }
}
