package io.cordboard.spi.crm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in the other system.
 *
 * @param id theirs, as text also where it is a number
 * @param version theirs, as far as they have one: differs when the record differs; empty where they have none
 * @param changedAt when it was changed last by their clock, microseconds UTC; 0 where they do not tell
 * @param mergedInto the record that it is a part of now
 * @param ref our id, where the record carries it
 * @param fields by their names
 */
public record CrmRecord(
    RecordKind kind,
    String id,
    String version,
    long changedAt,
    State state,
    @Nullable String mergedInto,
    @Nullable String ref,
    SortedMap<String, Value> fields) {
  /** Whether the record is there. */
  public enum State {
    LIVE,
    DELETED,
    MERGED
  }

  public CrmRecord {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** A record that is there. */
  public static CrmRecord live(
      RecordKind kind, String id, String version, long changedAt, @Nullable String ref,
      SortedMap<String, Value> fields) {
    return new CrmRecord(kind, id, version, changedAt, State.LIVE, null, ref, fields);
  }

  /** A record that was deleted. */
  public static CrmRecord deleted(RecordKind kind, String id, String version, long changedAt) {
    return new CrmRecord(kind, id, version, changedAt, State.DELETED, null, null, new TreeMap<>());
  }

  /** A record that is a part of another one now. */
  public static CrmRecord merged(
      RecordKind kind, String id, String version, long changedAt, String into) {
    return new CrmRecord(kind, id, version, changedAt, State.MERGED, into, null, new TreeMap<>());
  }
}
