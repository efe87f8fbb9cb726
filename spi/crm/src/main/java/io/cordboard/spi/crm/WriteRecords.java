package io.cordboard.spi.crm;

import io.cordboard.kernel.Fault;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes and changes records. */
public interface WriteRecords {
  /**
   * Writes them with one request where the system allows it.
   *
   * @param writes at most {@link #mostWritten()}, each of another record
   * @return what became of each, in the same order
   * @throws Fault when nothing of it can be told apart: the request as a whole failed
   */
  List<Written> write(RecordKind kind, List<Write> writes);

  /** How many may be written at once. */
  int mostWritten();

  /**
   * Whether a write can be bound to the version that it was made from. Where not, who writes reads the record before.
   */
  boolean conditional(RecordKind kind);

  /**
   * A record to be made or changed.
   *
   * @param ref our id, kept in their record so that it is found again
   * @param id theirs; null to make the record, unless one with this ref is there
   * @param version the one it was made from; null to write in any case. Left aside where writes are not conditional
   * @param operation the same for every attempt at the same write, for systems that remember them
   * @param fields what shall stand in these fields, by their names; all others are left alone
   */
  record Write(
      String ref,
      @Nullable String id,
      @Nullable String version,
      String operation,
      SortedMap<String, Value> fields) {
    public Write {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
  }

  /** What became of a write. */
  sealed interface Written {
    /**
     * It stands.
     *
     * @param version as {@link CrmRecord#version()}; empty where it is not known
     */
    record Done(String id, String version, Made made) implements Written {}

    /** The record was changed since that version: nothing was written. */
    record Stale() implements Written {}

    /** It does not stand, or nobody knows: the fault says which. */
    record Failed(Fault fault) implements Written {}
  }

  /** Whether a record was made. */
  enum Made {
    YES,
    NO,
    /** The system does not tell. */
    UNKNOWN
  }
}
