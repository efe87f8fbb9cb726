package io.cordboard.app;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What agents' phones dial and the switch decides by itself: emergency calls, which people must learn of
 * at once, and other countries that were refused. Each stands in the audit, the log and the metrics; an
 * emergency call on the health page too, while it goes on and for an hour. Thread-safe.
 */
final class DialWatch {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.switch");
  private static final long SHOWN_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int REMEMBERED = 100;

  private final Audit audit;
  private final Supplier<Directory> directory;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, Emergency> emergencies =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Emergency> eldest) {
          return size() > REMEMBERED;
        }
      };

  DialWatch(
      Audit audit, Supplier<Directory> directory, MeterRegistry registry, Clock clock) {
    this.audit = audit;
    this.directory = directory;
    this.registry = registry;
    this.clock = clock;
  }

  /** How far one is; over for all we know where the switch does not tell of it any more. */
  private record Emergency(EmergencyCall call, long dialledAt, boolean goesOn, long heardAt) {}

  synchronized void heard(SwitchSignal signal) {
    switch (signal) {
      case SwitchSignal.LinkUp up -> linked(up.switchId());
      case EmergencyCall call -> emergency(call);
      case InternationalRefused refused -> refused(refused);
      default -> {}
    }
  }

  /** Those that go on are told again. */
  private void linked(String switchId) {
    emergencies.replaceAll(
        (key, one) ->
            one.call.switchId().equals(switchId)
                ? new Emergency(one.call, one.dialledAt, false, one.heardAt)
                : one);
    // a counter that is not there before it counts has no increase that could be alarmed on
    for (Stage stage : Stage.values()) {
      emergencyCalls(switchId, stage);
    }
    refusals(switchId);
  }

  private void emergency(EmergencyCall call) {
    String key = call.switchId() + "/" + call.call();
    Emergency known = emergencies.get(key);
    Stage before = known == null ? null : known.call.stage();
    boolean over = before != null && before != Stage.DIALLED;
    if (over) {
      return;
    }
    long dialledAt = known == null ? call.at() : known.dialledAt;
    emergencies.put(
        key, new Emergency(call, dialledAt, call.stage() == Stage.DIALLED, clock.micros()));
    if (before == call.stage()) {
      return;
    }
    emergencyCalls(call.switchId(), call.stage()).increment();
    String stage = word(call.stage());
    (call.stage() == Stage.FAILED ? LOG.atError() : LOG.atWarn())
        .addKeyValue("switch", call.switchId())
        .addKeyValue("phone", call.device())
        .log("Emergency call to {}: {}.", call.number(), stage);
    keep(
        entry("emergency-call", call.switchId(), call.device(), Outcome.DONE,
                Map.of("number", call.number(), "stage", stage))
            .within(call.call()));
  }

  private void refused(InternationalRefused refused) {
    refusals(refused.switchId()).increment();
    LOG.atWarn()
        .addKeyValue("switch", refused.switchId())
        .addKeyValue("phone", refused.device())
        .log("A phone dialled another country and was refused.");
    keep(
        entry("number-dialled", refused.switchId(), refused.device(), Outcome.REFUSED,
            Map.of("reason", "international")));
  }

  private AuditEntry entry(
      String what, String switchId, @Nullable String device, Outcome outcome,
      Map<String, String> details) {
    String phone = switchId + "/" + (device == null ? "unknown" : device);
    return new AuditEntry(who(switchId, device), what, "phone:" + phone, outcome, null, details);
  }

  private String who(String switchId, @Nullable String device) {
    return directory.get().agents().values().stream()
        .filter(
            agent ->
                agent.deviceOn(switchId).filter(own -> own.address().equals(device)).isPresent())
        .map(agent -> "user:" + agent.id())
        .findFirst()
        .orElse("system:" + switchId);
  }

  private void keep(AuditEntry entry) {
    try {
      audit.record(entry);
    } catch (Fault fault) {
      LOG.error("The audit did not take {} of {}.", entry.what(), entry.subject(), fault);
    }
  }

  private Counter emergencyCalls(String switchId, Stage stage) {
    return Counter.builder("cordboard.emergency.calls")
        .description("emergency calls from agents' phones, by what became of them")
        .tag("switch", switchId)
        .tag("stage", word(stage))
        .register(registry);
  }

  private Counter refusals(String switchId) {
    return Counter.builder("cordboard.international.refused")
        .description("calls to other countries that a switch refused its phones")
        .tag("switch", switchId)
        .register(registry);
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /** What the health page says: of the last call, while it goes on and for a while. */
  synchronized Optional<String> warning() {
    long since = clock.micros() - SHOWN_MICROS;
    return emergencies.values().stream()
        .filter(one -> one.goesOn || one.heardAt > since)
        .reduce((first, last) -> last)
        .map(DialWatch::sentence);
  }

  private static String sentence(Emergency one) {
    EmergencyCall call = one.call;
    String phone = call.device() == null ? "a phone that is no agent's" : "phone " + call.device();
    String number = call.number().isEmpty() ? "" : " to " + call.number();
    if (one.goesOn) {
      return "An emergency call%s goes on at %s.".formatted(number, phone);
    }
    String end =
        switch (call.stage()) {
          case DIALLED -> "its end was not seen";
          case ANSWERED -> "it was answered";
          case UNANSWERED -> "nobody answered: ask whether help is needed";
          case FAILED -> "no trunk took it: ask whether help is needed, then see to the trunk";
        };
    return "An emergency call%s was dialled at %s at %s; %s."
        .formatted(number, phone, Clock.instant(one.dialledAt), end);
  }
}
