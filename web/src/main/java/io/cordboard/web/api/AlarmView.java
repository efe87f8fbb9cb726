package io.cordboard.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingAlarms.Alarmed;
import io.cordboard.core.call.recording.RecordingAlarms.Settlement;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording with an alarm; nothing of the customer.
 *
 * @param agent whose part it is; null when that is not known
 * @param agentName for people to read
 * @param line that was called; null while the call has no record
 * @param alarm what is wrong, in English
 * @param findings the same as codes
 * @param mayPlay whether there is sound and whoever asks has the right to it
 * @param settled null while nobody has seen to it
 */
record AlarmView(
    String name,
    String callId,
    int segment,
    @Nullable String agent,
    @Nullable String agentName,
    @JsonProperty("switch") String switchId,
    String state,
    @Nullable Instant startedAt,
    long durationMillis,
    @Nullable String line,
    @Nullable String queue,
    Instant raisedAt,
    String alarm,
    List<FindingView> findings,
    boolean mayPlay,
    @Nullable SettledView settled) {

  /** One thing that is wrong; {@code detail} is a number, an id or words, as its code says. */
  record FindingView(String code, String detail) {
    static List<FindingView> of(@Nullable Alarm alarm) {
      return alarm == null
          ? List.of()
          : alarm.findings().stream()
              .map(finding -> new FindingView(finding.code().name(), finding.detail()))
              .toList();
    }
  }

  /** Who has seen to it, and how. */
  record SettledView(Instant at, String by, String measure) {
    static @Nullable SettledView of(@Nullable Settlement how, PeopleNames names) {
      return how == null
          ? null
          : new SettledView(Clock.instant(how.at()), names.of(how.by()), how.measure());
    }
  }

  static AlarmView of(Alarmed one, Principal who, PeopleNames names) {
    RecordingRow row = one.recording();
    return new AlarmView(
        row.name(),
        row.call().toString(),
        row.segment(),
        row.agent() == null ? null : row.agent().toString(),
        names.agent(row.agent()),
        row.switchId(),
        row.state().name(),
        Clock.instantOrNull(row.startedAt()),
        millis(row),
        one.line(),
        one.queue(),
        Clock.instant(one.raisedAt()),
        one.alarm().words(),
        FindingView.of(one.alarm()),
        mayPlay(row, who),
        SettledView.of(one.settlement(), names));
  }

  static boolean mayPlay(RecordingRow row, Principal who) {
    boolean right = who.mayPlay(row.agent(), row.message());
    return right && row.file() != null;
  }

  static long millis(RecordingRow row) {
    return row.file() != null
        ? row.file().durationMillis()
        : Math.max(0, row.endedAt() - row.startedAt()) / 1000;
  }
}
