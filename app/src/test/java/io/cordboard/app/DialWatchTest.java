package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DialWatchTest {
  private static final AgentId ANN = new AgentId(new UUID(1, 1));

  private final HandClock clock = new HandClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Trail trail = new Trail();
  private final DialWatch watch = new DialWatch(trail, DialWatchTest::team, meters, clock);

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

  private static Directory team() {
    Device device = new Device("pbx", "1001", Phone.SIP);
    return new Directory(
        Map.of(), Map.of(), Map.of(ANN, new Agent(ANN, "ann", "Ann", List.of(device))), List.of());
  }

  private void emergency(Stage stage) {
    watch.heard(new EmergencyCall("pbx", "cb-1.7", "1001", "112", stage, clock.micros()));
  }

  private void linked() {
    SwitchSnapshot nothing = new SwitchSnapshot(0, List.of(), Map.of(), List.of());
    watch.heard(new LinkUp("pbx", 1, nothing, 0));
  }

  private double counted(Stage stage) {
    return meters
        .get("cordboard.emergency.calls")
        .tag("stage", stage.name().toLowerCase())
        .counter()
        .count();
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
    assertThat(counted(Stage.ANSWERED)).isEqualTo(1);
  }

  @Test
  void oneThatIsToldAgainIsOne() {
    emergency(Stage.DIALLED);
    linked();
    emergency(Stage.DIALLED);
    assertThat(trail.entries).hasSize(1);
    assertThat(counted(Stage.DIALLED)).isEqualTo(1);
    assertThat(watch.warning()).hasValueSatisfying(told -> assertThat(told).contains("goes on"));
    emergency(Stage.FAILED);
    emergency(Stage.FAILED);
    emergency(Stage.DIALLED);
    assertThat(trail.entries).hasSize(2);
  }

  @Test
  void itIsShownWhileItGoesOnAndForAnHour() {
    assertThat(watch.warning()).isEmpty();
    emergency(Stage.DIALLED);
    clock.advance(Duration.ofHours(2));
    assertThat(watch.warning())
        .hasValue("An emergency call to 112 goes on at phone 1001.");
    emergency(Stage.FAILED);
    assertThat(watch.warning())
        .hasValueSatisfying(told -> assertThat(told).contains("no trunk took it"));
    clock.advance(Duration.ofMinutes(61));
    assertThat(watch.warning()).isEmpty();
  }

  @Test
  void oneWhoseEndWasNotSeenGoesOnNoLonger() {
    emergency(Stage.DIALLED);
    linked();
    assertThat(watch.warning())
        .hasValueSatisfying(told -> assertThat(told).contains("its end was not seen"));
  }

  @Test
  void aRefusedCountryIsCountedAndAudited() {
    linked();
    assertThat(meters.get("cordboard.international.refused").counter().count()).isZero();
    watch.heard(new InternationalRefused("pbx", null, 1));
    assertThat(meters.get("cordboard.international.refused").counter().count()).isEqualTo(1);
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
    assertThat(watch.warning()).isPresent();
    assertThat(counted(Stage.DIALLED)).isEqualTo(1);
  }

  @Test
  void otherSignalsAreNotItsBusiness() {
    watch.heard(new SwitchSignal.Unknown("pbx", "odd", "{}"));
    assertThat(trail.entries).isEmpty();
  }
}
