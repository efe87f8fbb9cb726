package io.cordboard.core.call.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkItem;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.FakeSwitch;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.SwitchCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchRecordingTest {
  private static final long NO_DISK_HAS_THIS = Long.MAX_VALUE / 4;

  @TempDir private Path directory;
  private final HandClock clock = new HandClock();
  private final FakeSwitch pbx = new FakeSwitch("pbx", clock);
  private final Store store = new Store();

  private FetchRecording fetch(long reserve) {
    return new FetchRecording(store, id -> pbx, Vault.open(directory, reserve), clock);
  }

  private static WorkItem item(int attempt) {
    return new WorkItem(1, FetchRecording.KIND, "r", "r", "r", attempt, false, 1, attempt);
  }

  @Test
  void aFullDiskLosesNothingAndIsTriedAgain() {
    assertThatThrownBy(() -> fetch(NO_DISK_HAS_THIS).run(item(1), () -> true))
        .isInstanceOf(Fault.Busy.class)
        .hasMessageContaining("The disk with the recordings is full")
        .hasMessageContaining("free some space");
    assertThat(store.told).hasSize(1).first().asString().startsWith("waits: The disk");
    assertThat(pbx.commands(SwitchCommand.Fetch.class)).as("not even begun").isEmpty();
    assertThat(pbx.commands(SwitchCommand.Delete.class)).isEmpty();
    fetch(0).run(item(2), () -> true);
    assertThat(store.told).last().isEqualTo("stored");
    assertThat(store.next).extracting(NewWork::kind).containsExactly(DeleteOnSwitch.KIND);
  }

  @Test
  void whatTheSwitchDoesNotHaveIsLostAfterSixTriesWithAReason() {
    for (int attempt = 1; attempt < 6; attempt++) {
      int now = attempt;
      pbx.next(SwitchCommand.Fetch.class).fails(new Fault.NotFound("no such file"));
      assertThatThrownBy(() -> fetch(0).run(item(now), () -> true))
          .isInstanceOf(Fault.NotFound.class);
    }
    pbx.next(SwitchCommand.Fetch.class).fails(new Fault.NotFound("no such file"));
    assertThatThrownBy(() -> fetch(0).run(item(6), () -> true)).isInstanceOf(Fault.Refused.class);
    assertThat(store.told).containsExactly("lost: The switch pbx does not have it (any more).");
  }

  private static final class Store implements RecordingStore {
    private final List<String> told = new ArrayList<>();
    private final List<NewWork> next = new ArrayList<>();

    @Override
    public Optional<RecordingRow> byName(String name) {
      return Optional.of(
          new RecordingRow(
              "r", new CallId(new UUID(2, 2)), 1, null, "pbx", 0, 0, State.ON_SWITCH, null, null,
              null));
    }

    @Override
    public void stored(
        String name, StoredFile file, long at, @Nullable Alarm alarm, NewWork work) {
      told.add("stored");
      next.add(work);
    }

    @Override
    public void lost(String name, Alarm alarm, long at) {
      told.add("lost: " + alarm.words());
    }

    @Override
    public void waits(String name, Alarm alarm, long at) {
      told.add("waits: " + alarm.words());
    }

    @Override
    public void alarm(String name, Alarm alarm, long at) {
      told.add("alarm: " + alarm.words());
    }

    @Override
    public int handOver(int most, long now, Function<RecordingRow, NewWork> work) {
      return 0;
    }

    @Override
    public List<RecordingRow> ofCall(CallId call) {
      return List.of();
    }

    @Override
    public Counts counts() {
      return new Counts(0, 0);
    }
  }
}
