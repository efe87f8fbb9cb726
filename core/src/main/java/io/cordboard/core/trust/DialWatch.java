package io.cordboard.core.trust;

import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What agents' phones dial and the switch decides by itself: emergency calls, which people must learn of
 * at once, and other countries that were refused. Each stands in the audit; an emergency call has a
 * sentence for the health page too, while it goes on and for an hour. Thread-safe.
 */
public final class DialWatch {
  private static final long SHOWN_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int SHOWN = 5;
  private static final int REMEMBERED = 100;

  private static final Comparator<Emergency> MOST_URGENT_FIRST =
      Comparator.comparing(Emergency::urgency)
          .thenComparing(Comparator.comparingLong(Emergency::heardAt).reversed());

  private final Audit audit;
  private final Owners owners;
  private final Told told;
  private final Clock clock;
  private final Map<String, Emergency> emergencies = new LinkedHashMap<>();

  public DialWatch(Audit audit, Owners owners, Told told, Clock clock) {
    this.audit = audit;
    this.owners = owners;
    this.told = told;
    this.clock = clock;
  }

  /** Whose a phone is. */
  @FunctionalInterface
  public interface Owners {
    Optional<AgentId> of(String switchId, String device);
  }

  /** Who counts what was dialled and writes it to the log. Called once for each stage of a call. */
  public interface Told {
    /** Everything from now on is told of this switch. */
    void linked(String switchId);

    void emergency(EmergencyCall call);

    void refused(InternationalRefused refused);

    /** The audit did not take an entry: what was dialled is done, and cannot be refused any more. */
    void unaudited(AuditEntry entry, Fault fault);
  }

  /** What matters more stands first. */
  private enum Urgency {
    GOES_ON,
    FAILED,
    UNANSWERED,
    REST
  }

  /** How far one is; over for all we know where the switch does not tell of it any more. */
  private record Emergency(EmergencyCall call, long dialledAt, boolean goesOn, long heardAt) {
    Urgency urgency() {
      return goesOn
          ? Urgency.GOES_ON
          : switch (call.stage()) {
            case FAILED -> Urgency.FAILED;
            case UNANSWERED -> Urgency.UNANSWERED;
            case DIALLED, ANSWERED -> Urgency.REST;
          };
    }
  }

  /** Takes whatever a switch tells. */
  public synchronized void heard(SwitchSignal signal) {
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
    told.linked(switchId);
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
    forgetOne();
    if (before == call.stage()) {
      return;
    }
    told.emergency(call);
    keep(
        entry("emergency-call", call.switchId(), call.device(), Outcome.DONE,
                Map.of("number", call.number(), "stage", word(call.stage())))
            .within(call.call()));
  }

  /** The oldest of those that matter least. */
  private void forgetOne() {
    if (emergencies.size() > REMEMBERED) {
      emergencies.values().stream()
          .max(MOST_URGENT_FIRST)
          .ifPresent(least -> emergencies.values().remove(least));
    }
  }

  private void refused(InternationalRefused refused) {
    told.refused(refused);
    keep(
        entry("number-dialled", refused.switchId(), refused.device(), Outcome.REFUSED,
            Map.of("reason", "international")));
  }

  private AuditEntry entry(
      String what, String switchId, @Nullable String device, Outcome outcome,
      Map<String, String> details) {
    String phone = switchId + "/" + (device == null ? "unknown" : device);
    Optional<AgentId> agent = device == null ? Optional.empty() : owners.of(switchId, device);
    String who = agent.map(id -> "user:" + id).orElse("system:" + switchId);
    return new AuditEntry(who, what, "phone:" + phone, outcome, null, details);
  }

  private void keep(AuditEntry entry) {
    try {
      audit.record(entry);
    } catch (Fault fault) {
      told.unaudited(entry, fault);
    }
  }

  /** The stage as the audit, the log and the metrics name it. */
  public static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /**
   * A sentence for each emergency call that goes on or was told of within the hour, those that need
   * somebody first; where there are many, the last one says how many more.
   */
  public synchronized List<String> warnings() {
    long since = clock.micros() - SHOWN_MICROS;
    List<Emergency> shown =
        emergencies.values().stream()
            .filter(one -> one.goesOn || one.heardAt > since)
            .sorted(MOST_URGENT_FIRST)
            .toList();
    List<String> sentences = new ArrayList<>();
    shown.stream().limit(SHOWN).map(DialWatch::sentence).forEach(sentences::add);
    if (shown.size() > SHOWN) {
      sentences.add("And %d more: see the audit.".formatted(shown.size() - SHOWN));
    }
    return sentences;
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
