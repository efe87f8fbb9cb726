package io.cordboard.core.desk;

/**
 * The two directions of the desk's socket: every frame from the server is a {@link FromServer}, every
 * frame to it a {@link ToServer}. The desk's TypeScript types are made from these records.
 */
public interface DeskSchema {
  /**
   * From the server. One field is set; none in a heartbeat, which comes every two seconds. {@code team}
   * comes while the desk watches the team, and is not numbered: each replaces the one before.
   */
  record FromServer(@org.jspecify.annotations.Nullable DeskMessage message,
      @org.jspecify.annotations.Nullable Result result,
      @org.jspecify.annotations.Nullable TeamView team) {}

  /** To the server. {@code id} comes back in the {@link Result}. */
  record ToServer(long id, DeskCommand command) {}

  /** Answer to a command; {@code fault} is null when it was done. */
  record Result(long id, @org.jspecify.annotations.Nullable Problem fault) {}

  /** Why a command was not done: a stable type and words that name the cause and the mend. */
  record Problem(String type, String detail) {}
}
