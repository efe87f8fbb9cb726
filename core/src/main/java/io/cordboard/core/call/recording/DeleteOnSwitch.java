package io.cordboard.core.call.recording;

import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.kernel.Fault;
import java.io.IOException;

/** Deletes a recording on its switch, once our own file was read back and found whole. */
final class DeleteOnSwitch implements WorkHandler {
  static final String KIND = "delete-on-switch";

  private final RecordingStore store;
  private final Recorders recorders;
  private final RecordingReader reader;

  DeleteOnSwitch(RecordingStore store, Recorders recorders, RecordingReader reader) {
    this.store = store;
    this.recorders = recorders;
    this.reader = reader;
  }

  static NewWork work(RecordingRow row) {
    return new NewWork(KIND, row.name(), row.name(), row.name(), 0);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkItem item, Lease lease) {
    String name = item.payload();
    RecordingRow row =
        store.byName(name).orElseThrow(() -> new Fault.Refused("It is not known any more."));
    verify(name);
    lease.mustHold();
    Stages.await(recorders.of(row.switchId()).delete(name));
  }

  private void verify(String name) {
    try {
      reader.open(name).close();
    } catch (IOException failed) {
      throw new Fault.Unreachable("The recording cannot be closed.", failed);
    }
  }

  /** Deleting again is harmless. */
  @Override
  public Found lookUp(WorkItem item) {
    return Found.NOT_DONE;
  }
}
