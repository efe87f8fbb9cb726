package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import java.nio.channels.SeekableByteChannel;

/** Opens recordings for playing. Rights and audit are the caller's. Thread-safe. */
public interface RecordingReader {
  /**
   * Opens a stored recording after its whole file was read and agrees with its hash.
   *
   * @throws Fault.NotFound when it is not known, or not here (yet)
   * @throws Fault.Refused when the file is not the one that was stored; an alarm is raised
   * @throws Fault.Unreachable when the file cannot be read
   */
  OpenRecording open(String name);

  /**
   * A recording whose bytes were verified; the caller closes it.
   *
   * @param channel at the file's beginning, may be positioned freely
   * @param bytes length of the file
   */
  record OpenRecording(SeekableByteChannel channel, long bytes, long durationMillis)
      implements AutoCloseable {
    @Override
    public void close() throws java.io.IOException {
      channel.close();
    }
  }
}
