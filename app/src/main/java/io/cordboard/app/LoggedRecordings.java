package io.cordboard.app;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.CallId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what becomes of recordings to the log, and of a full disk one line for all of them. */
record LoggedRecordings(RecordingStore store, AtomicBoolean full) implements RecordingStore {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.recordings");

  LoggedRecordings(RecordingStore store) {
    this(store, new AtomicBoolean());
  }

  @Override
  public void stored(
      String name, StoredFile file, long at, @Nullable Alarm alarm, NewWork next) {
    store.stored(name, file, at, alarm, next);
    if (full.getAndSet(false)) {
      LOG.info("The disk has room again: recordings are fetched.");
    }
    if (alarm != null) {
      tell(name, alarm);
    }
  }

  @Override
  public void lost(String name, Alarm alarm, long at) {
    store.lost(name, alarm, at);
    tell(name, alarm);
  }

  @Override
  public void alarm(String name, Alarm alarm, long at) {
    store.alarm(name, alarm, at);
    tell(name, alarm);
  }

  @Override
  public void waits(String name, Alarm alarm, long at) {
    store.waits(name, alarm, at);
    if (!full.getAndSet(true)) {
      LOG.error(alarm.words());
    }
  }

  private void tell(String name, Alarm alarm) {
    LOG.atWarn()
        .addKeyValue("recording", name)
        .addKeyValue("call", store.byName(name).map(row -> row.call().toString()).orElse(""))
        .log("Recording alarm: {}", alarm.words());
  }

  @Override
  public int handOver(int most, long now, Function<RecordingRow, NewWork> work) {
    return store.handOver(most, now, work);
  }

  @Override
  public Optional<RecordingRow> byName(String name) {
    return store.byName(name);
  }

  @Override
  public List<RecordingRow> ofCall(CallId call) {
    return store.ofCall(call);
  }

  @Override
  public Counts counts() {
    return store.counts();
  }
}
