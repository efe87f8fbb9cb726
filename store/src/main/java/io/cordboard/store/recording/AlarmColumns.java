package io.cordboard.store.recording;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.Alarm.Code;
import io.cordboard.core.call.recording.Alarm.Finding;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An alarm in its columns: the words, and each finding as its code and, after a blank, its detail. */
final class AlarmColumns {
  private AlarmColumns() {}

  static @Nullable String words(@Nullable Alarm alarm) {
    return alarm == null ? null : clean(alarm.words());
  }

  static @Nullable Array findings(Connection connection, @Nullable Alarm alarm)
      throws SQLException {
    return alarm == null
        ? null
        : connection.createArrayOf(
            "text",
            alarm.findings().stream()
                .map(finding -> clean((finding.code() + " " + finding.detail()).strip()))
                .toArray());
  }

  /** The alarm; one of an earlier version has words only. */
  static @Nullable Alarm read(@Nullable String words, @Nullable Array findings)
      throws SQLException {
    if (words == null) {
      return null;
    }
    return findings == null
        ? Alarm.of(Code.OTHER.finding(words))
        : new Alarm(
            Stream.of((Object[]) findings.getArray())
                .map(text -> finding(text.toString()))
                .toList());
  }

  private static Finding finding(String text) {
    int blank = text.indexOf(' ');
    String code = blank < 0 ? text : text.substring(0, blank);
    return Arrays.stream(Code.values())
        .filter(one -> one.name().equals(code))
        .findFirst()
        .map(one -> one.finding(blank < 0 ? "" : text.substring(blank + 1)))
        .orElse(Code.OTHER.finding(text));
  }

  private static String clean(String text) {
    return text.replace('\0', '·');
  }
}
