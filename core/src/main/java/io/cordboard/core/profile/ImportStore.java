package io.cordboard.core.profile;

import io.cordboard.core.profile.ImportRow.Wrong;
import io.cordboard.kernel.CustomerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Jobs of import, and their rows on the way into the customers' files. Thread-safe, but for a load. */
public interface ImportStore {
  void save(ImportJob job);

  Optional<ImportJob> byId(UUID id);

  /** The newest first. */
  List<ImportJob> latest(int most);

  void remove(UUID id);

  /** Jobs that ran when the server ended have failed. */
  void interrupted();

  /** Begins to load; nothing is changed before {@link Load#commit}. */
  Load begin(ImportKind kind, CustomerEditor.Author author);

  /** Rows of one file in one transaction. One thread. */
  interface Load extends AutoCloseable {
    void add(ImportRow row);

    /**
     * Compares the rows with each other and with what is there.
     *
     * @param wrong told each row that cannot be loaded; it is left out from then on
     */
    Checked check(Consumer<Wrong> wrong);

    /**
     * Loads what was found good; all of it and the job's new state, or nothing.
     *
     * @return of the customers that were there before, those who were given something; at most 10,000
     */
    Set<CustomerId> commit(ImportJob job);

    /** Gives up what was not committed. */
    @Override
    void close();
  }

  /** How many rows can be loaded, how many were there before. */
  record Checked(long good, long known) {}
}
