package io.cordboard.core.call.recording;

import io.cordboard.core.call.recording.Alarm.Code;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.RetrySchedule;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Brings a recording from its switch: fetch, check, combine, move into place, note, and only then
 * order its deletion there. May be cut off anywhere: the next attempt begins anew and ends in the
 * same place.
 */
final class FetchRecording implements WorkHandler {
  static final String KIND = "fetch-recording";
  // a switch that does not have it will not find it later; the tries cover one that is still
  // writing
  private static final int TRIES_IF_UNKNOWN = 6;
  private static final RetrySchedule RETRIES = new RetrySchedule(pauses());

  private final RecordingStore store;
  private final Recorders recorders;
  private final Vault vault;
  private final Clock clock;

  FetchRecording(RecordingStore store, Recorders recorders, Vault vault, Clock clock) {
    this.store = store;
    this.recorders = recorders;
    this.vault = vault;
    this.clock = clock;
  }

  /** The work for a recording that is over. */
  static NewWork work(RecordingRow row) {
    return new NewWork(KIND, row.name(), row.name(), row.name(), 0);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public RetrySchedule retries() {
    return RETRIES;
  }

  @Override
  public void run(WorkItem item, Lease lease) {
    RecordingRow row = row(item.payload());
    if (row.state() == State.STORED) {
      return;
    }
    try {
      fetch(row, item, lease);
    } catch (Fault.Busy full) {
      store.waits(row.name(), Alarm.of(Code.NO_ROOM.finding(full.getMessage())), clock.micros());
      throw full;
    } catch (Fault.NotFound unknown) {
      throw item.attempt() < TRIES_IF_UNKNOWN ? unknown : lost(row);
    }
  }

  private Fault lost(RecordingRow row) {
    Alarm alarm = Alarm.of(Code.LOST.finding(row.switchId()));
    store.lost(row.name(), alarm, clock.micros());
    return new Fault.Refused(alarm.words());
  }

  private void fetch(RecordingRow row, WorkItem item, Lease lease) {
    vault.needRoom(0);
    try {
      bring(row, item, lease);
    } catch (Fault.NotFound unknown) {
      throw unknown;
    } catch (Fault failed) {
      // whatever it looked like: while the disk is full, that is why
      vault.needRoom(0);
      throw failed;
    }
  }

  private void bring(RecordingRow row, WorkItem item, Lease lease) {
    try (Vault.Workspace workspace = vault.workspace(row.name(), item.token())) {
      Tracks tracks =
          Stages.await(recorders.of(row.switchId()).fetch(row.name(), workspace.directory()));
      Written written = workspace.combine(tracks);
      lease.mustHold();
      StoredFile file = vault.publish(row, workspace.file(), written);
      store.stored(
          row.name(),
          file,
          clock.micros(),
          TrackCheck.alarm(row, tracks, written),
          DeleteOnSwitch.work(row));
    }
  }

  @Override
  public Found lookUp(WorkItem item) {
    return row(item.payload()).state() == State.STORED ? Found.DONE : Found.NOT_DONE;
  }

  @Override
  public void gaveUp(WorkItem item, Fault last) {
    store.alarm(
        item.payload(), Alarm.of(Code.NOT_FETCHED.finding(last.getMessage())), clock.micros());
  }

  private RecordingRow row(String name) {
    return store
        .byName(name)
        .orElseThrow(
            () -> new Fault.Refused("There is no recording '%s'.".formatted(Fault.excerpt(name))));
  }

  private static List<Duration> pauses() {
    List<Duration> pauses =
        new ArrayList<>(
            List.of(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                Duration.ofHours(4)));
    // a switch may be away for weeks: its recordings are still there when it comes back
    pauses.addAll(Collections.nCopies(60, Duration.ofHours(12)));
    return pauses;
  }
}
