package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.DialWatch;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.testkit.HandClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final LinkUp UP =
      new LinkUp("pbx", 1, new SwitchSnapshot(0, List.of(), Map.of(), List.of()), 0);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aMistakeInTheWatchOfDialledNumbersKeepsNoSignalFromTheLedger() {
    Metrics metrics = new Metrics(new HandClock(), meters);
    metrics.onDialled(
        signal -> {
          throw new Fault.Bug("planted", null);
        });
    List<SwitchSignal> ledger = new ArrayList<>();
    metrics.ears(ledger::add).on(UP);
    assertThat(ledger).containsExactly(UP);
    assertThat(meters.get("cordboard.ledger.bugs").counter().count()).isEqualTo(1);
  }

  @Test
  void whatPhonesMayDialIsCountedFromZeroFromTheLinkOn() {
    DialWatch.Told told = new DialMeters(meters);
    told.linked("pbx");
    assertThat(meters.get("cordboard.emergency.calls").tag("stage", "failed").counter().count())
        .isZero();
    assertThat(meters.get("cordboard.international.refused").counter().count()).isZero();
    told.refused(new InternationalRefused("pbx", null, 1));
    assertThat(meters.get("cordboard.international.refused").counter().count()).isEqualTo(1);
  }
}
