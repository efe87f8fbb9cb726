package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of the audit trail. Thread-safe. */
public interface AuditStore {
  /** Where each shard that has rows stands, and the last seal. */
  Tail tail();

  /**
   * Writes all rows or none.
   *
   * @throws Fault.Refused when a row of that number is there: another writer was faster, read the
   *     tail again
   * @throws Fault.OutcomeUnknown when the connection was lost: ask {@link #has}
   * @throws Fault.Unreachable when certainly nothing was written
   */
  void append(List<Row> rows);

  /** Writes a seal; fails as {@link #append} does. */
  void append(Seal seal);

  /** Whether this very row is there. */
  boolean has(Row row);

  /** Everything as it stands at this moment, for a walk. */
  Reading read();

  /** The last row of a shard. */
  record Head(int shard, long n, byte[] hash) {}

  /** Where the trail ends. */
  record Tail(List<Head> heads, @Nullable Seal seal) {}

  /** An entry in its chain: numbered from 1 within its shard. {@code at} in microseconds UTC. */
  record Row(int shard, long n, long at, AuditEntry entry, byte[] hash) {
    Head head() {
      return new Head(shard, n, hash);
    }
  }

  /**
   * Anchors the shards into one chain.
   *
   * @param n numbered from 1
   * @param heads of all shards that have rows, by shard
   */
  record Seal(long n, long at, List<Head> heads, byte[] hash) {
    public Seal {
      heads = List.copyOf(heads);
    }
  }

  /** A consistent view of the trail. The iterators read as they go; used by one thread. */
  interface Reading extends AutoCloseable {
    /** All shards that have rows. */
    Set<Integer> shards();

    /** The rows of a shard, by number. */
    Iterator<Row> rows(int shard);

    /** All seals, by number. */
    Iterator<Seal> seals();

    @Override
    void close();
  }
}
