package io.cordboard.core.profile;

import java.util.UUID;

/**
 * A file that somebody brought, and what became of it.
 *
 * @param file the name it came with
 * @param sha256 of its bytes, hexadecimal
 * @param at microseconds UTC
 * @param by as the audit names it
 * @param read rows so far, without the heading
 * @param good rows that can be loaded, or were
 * @param known rows whose content was there before
 * @param wrong rows that cannot be loaded
 * @param why of FAILED: the cause and the mend
 */
public record ImportJob(
    UUID id, ImportKind kind, String file, long bytes, String sha256, long at, String by,
    State state, long read, long good, long known, long wrong, String why) {

  /** How far it is. */
  public enum State {
    UPLOADED,
    /** A dry run goes on. */
    CHECKING,
    /** The dry run is over. */
    CHECKED,
    LOADING,
    /** Loaded as a whole, or its good rows where that was asked for. */
    LOADED,
    /** Rows are wrong: nothing was changed. */
    REFUSED,
    /** It ended before its time: nothing was changed. */
    FAILED;

    public boolean running() {
      return this == CHECKING || this == LOADING;
    }
  }

  public ImportJob in(State next, String reason) {
    return new ImportJob(
        id, kind, file, bytes, sha256, at, by, next, read, good, known, wrong, reason);
  }

  /** The same with its rows counted. */
  public ImportJob counted(long allRows, long goodRows, long knownRows, long wrongRows) {
    return new ImportJob(
        id, kind, file, bytes, sha256, at, by, state, allRows, goodRows, knownRows, wrongRows, why);
  }
}
