package io.cordboard.core.call.recording;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallId;
import org.jspecify.annotations.Nullable;

/**
 * A recording of one segment, and where it is.
 *
 * @param name ours, {@code [A-Za-z0-9_-]{1,80}}; unique
 * @param segment number of the segment within the call
 * @param agent whose segment it is; null when that segment is not known
 * @param startedAt microseconds UTC, 0 when not known
 * @param endedAt microseconds UTC, 0 when not known
 * @param file null until it is {@link State#STORED}
 * @param alarm what somebody should look at; null when all is well
 * @param silent the track that fell silent on the switch in mid-talk; null when none did
 */
public record RecordingRow(
    String name,
    CallId call,
    int segment,
    @Nullable AgentId agent,
    String switchId,
    long startedAt,
    long endedAt,
    State state,
    @Nullable StoredFile file,
    @Nullable Alarm alarm,
    @Nullable Track silent) {

  /** How the names of messages begin that callers left. */
  public static final String MESSAGE = "v-";

  /** Whether a caller left it: there is no agent, and only one side speaks. */
  public boolean message() {
    return segment == 0 && isMessage(name);
  }

  /** Whether this is the name of a message: names are ours, and no other begins so. */
  public static boolean isMessage(String name) {
    return name.startsWith(MESSAGE);
  }

  /** How far it is. */
  public enum State {
    /** The call goes on. */
    WRITING,
    /** Complete on the switch; it will be fetched. */
    ON_SWITCH,
    /** The switch or the link was lost meanwhile; it will be fetched as far as it goes. */
    PARTIAL,
    /** Here, with its hash. */
    STORED,
    /** The switch does not have it. */
    LOST
  }

  /**
   * The file that is kept: a WAV file of two tracks, left what the customer said, right what the
   * customer heard.
   *
   * @param path below the directory of recordings
   * @param sha256 of the whole file, 32 bytes
   */
  public record StoredFile(String path, byte[] sha256, long bytes, long durationMillis) {}
}
