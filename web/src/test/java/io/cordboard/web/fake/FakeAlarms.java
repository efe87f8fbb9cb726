package io.cordboard.web.fake;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingAlarms;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Alarms in memory. */
public final class FakeAlarms implements RecordingAlarms {
  private final Map<String, Alarmed> open = new ConcurrentHashMap<>();
  private final List<Alarmed> settled = new ArrayList<>();

  /** Raises an alarm. */
  public void raise(RecordingRow recording, Alarm alarm, long at) {
    open.put(recording.name(), new Alarmed(recording, alarm, at, "4008001234", "care", null));
  }

  @Override
  public List<Alarmed> open(@Nullable Position after, int most) {
    return open.values().stream()
        .filter(one -> after == null || one.raisedAt() < after.at())
        .sorted(Comparator.comparing(Alarmed::raisedAt).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Alarmed> settled(@Nullable Position after, int most) {
    return List.copyOf(settled);
  }

  @Override
  public synchronized void settle(String recording, long raisedAt, Settlement how) {
    Alarmed one = open.get(recording);
    if (one == null || one.raisedAt() != raisedAt) {
      throw new Fault.Refused("This alarm was settled before: nothing to do.");
    }
    open.remove(recording);
    settled.addFirst(
        new Alarmed(one.recording(), one.alarm(), raisedAt, one.line(), one.queue(), how));
  }
}
