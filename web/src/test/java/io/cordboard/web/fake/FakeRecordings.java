package io.cordboard.web.fake;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingReader;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recordings in files of a test. */
public final class FakeRecordings implements RecordingStore, RecordingReader {
  private final Map<String, RecordingRow> rows = new ConcurrentHashMap<>();
  private final Map<String, Path> files = new ConcurrentHashMap<>();

  /** A recording with these bytes, of this agent's segment. */
  public void add(String name, AgentId agent, byte[] bytes) {
    try {
      Path file = Files.createTempFile("recording", ".wav");
      file.toFile().deleteOnExit();
      Files.write(file, bytes);
      files.put(name, file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    StoredFile stored = new StoredFile(name, new byte[32], bytes.length, 1000);
    rows.put(
        name,
        new RecordingRow(
            name,
            new CallId(UUID.randomUUID()),
            1,
            agent,
            "demo",
            1,
            2,
            State.STORED,
            stored,
            null,
            null));
  }

  @Override
  public OpenRecording open(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new Fault.NotFound("There is no such recording.");
    }
    try {
      return new OpenRecording(FileChannel.open(file), Files.size(file), 1000);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public Optional<RecordingRow> byName(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  @Override
  public void waits(String name, Alarm alarm, long at) {}

  @Override
  public List<RecordingRow> ofCall(CallId call) {
    return rows.values().stream().filter(row -> row.call().equals(call)).toList();
  }

  @Override
  public int handOver(int most, long now, Function<RecordingRow, NewWork> work) {
    return 0;
  }

  @Override
  public void stored(String name, StoredFile file, long at, @Nullable Alarm alarm, NewWork next) {}

  @Override
  public void lost(String name, Alarm alarm, long at) {}

  @Override
  public void alarm(String name, Alarm alarm, long at) {}

  @Override
  public Counts counts() {
    return new Counts(0, 0);
  }
}
