package io.cordboard.app;

import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.DialWatch;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what phones dial past us, and writes it to the log. */
record DialMeters(MeterRegistry registry) implements DialWatch.Told {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.switch");

  /** A counter that is not there before it counts has no increase that could be alarmed on. */
  @Override
  public void linked(String switchId) {
    for (Stage stage : Stage.values()) {
      emergencyCalls(switchId, stage);
    }
    refusals(switchId);
  }

  @Override
  public void emergency(EmergencyCall call) {
    emergencyCalls(call.switchId(), call.stage()).increment();
    (call.stage() == Stage.FAILED ? LOG.atError() : LOG.atWarn())
        .addKeyValue("switch", call.switchId())
        .addKeyValue("phone", call.device())
        .log("Emergency call to {}: {}.", call.number(), DialWatch.word(call.stage()));
  }

  @Override
  public void refused(InternationalRefused refused) {
    refusals(refused.switchId()).increment();
    LOG.atWarn()
        .addKeyValue("switch", refused.switchId())
        .addKeyValue("phone", refused.device())
        .log("A phone dialled another country and was refused.");
  }

  @Override
  public void unaudited(AuditEntry entry, Fault fault) {
    LOG.error("The audit did not take {} of {}.", entry.what(), entry.subject(), fault);
  }

  private Counter emergencyCalls(String switchId, Stage stage) {
    return Counter.builder("cordboard.emergency.calls")
        .description("emergency calls from agents' phones, by what became of them")
        .tag("switch", switchId)
        .tag("stage", DialWatch.word(stage))
        .register(registry);
  }

  private Counter refusals(String switchId) {
    return Counter.builder("cordboard.international.refused")
        .description("calls to other countries that a switch refused its phones")
        .tag("switch", switchId)
        .register(registry);
  }
}
