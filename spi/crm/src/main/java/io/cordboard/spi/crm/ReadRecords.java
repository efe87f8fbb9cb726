package io.cordboard.spi.crm;

import java.util.List;
import java.util.Optional;

/** Reads single records. */
public interface ReadRecords {
  /**
   * These records as they stand now, in any order; those that are not there (any more) are left out, or given as
   * deleted or merged where the system remembers.
   *
   * @param ids theirs, at most {@link #mostRead()}
   */
  List<CrmRecord> read(RecordKind kind, List<String> ids);

  /** How many may be read at once. */
  int mostRead();

  /** The record that carries our id; empty only where the system said clearly that there is none. */
  Optional<CrmRecord> findByRef(RecordKind kind, String ref);
}
