package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/** Keeps the audit trail in memory and fails as it is told. */
final class MemoryAuditStore implements AuditStore {
  final List<Row> rows = new ArrayList<>();
  final List<Seal> seals = new ArrayList<>();
  final Semaphore gate = new Semaphore(1_000_000);
  private final Deque<Fate> fates = new ArrayDeque<>();

  /** What becomes of a coming {@link #append}. */
  enum Fate {
    WORKS,
    UNREACHABLE,
    WRITTEN_BUT_UNKNOWN,
    NOT_WRITTEN_AND_UNKNOWN
  }

  synchronized void next(Fate... fate) {
    fates.addAll(List.of(fate));
  }

  synchronized List<Row> rows() {
    return List.copyOf(rows);
  }

  synchronized List<Seal> seals() {
    return List.copyOf(seals);
  }

  @Override
  public synchronized Tail tail() {
    TreeMap<Integer, Head> heads = new TreeMap<>();
    rows.forEach(r -> heads.put(r.shard(), r.head()));
    return new Tail(List.copyOf(heads.values()), seals.isEmpty() ? null : seals.getLast());
  }

  @Override
  public void append(List<Row> batch) {
    gate.acquireUninterruptibly();
    write(
        () -> {
          for (Row row : batch) {
            if (rows.stream().anyMatch(r -> r.shard() == row.shard() && r.n() == row.n())) {
              throw new Fault.Refused("taken");
            }
          }
          rows.addAll(batch);
        });
  }

  @Override
  public void append(Seal seal) {
    write(
        () -> {
          if (seals.stream().anyMatch(s -> s.n() == seal.n())) {
            throw new Fault.Refused("taken");
          }
          seals.add(seal);
        });
  }

  private synchronized void write(Runnable change) {
    Fate fate = fates.isEmpty() ? Fate.WORKS : fates.remove();
    switch (fate) {
      case WORKS -> change.run();
      case UNREACHABLE -> throw new Fault.Unreachable("away", null);
      case NOT_WRITTEN_AND_UNKNOWN -> throw new Fault.OutcomeUnknown("cut", null);
      case WRITTEN_BUT_UNKNOWN -> {
        change.run();
        throw new Fault.OutcomeUnknown("cut", null);
      }
    }
  }

  @Override
  public synchronized boolean has(Row row) {
    return rows.stream().anyMatch(r -> java.util.Arrays.equals(r.hash(), row.hash()));
  }

  @Override
  public synchronized Reading read() {
    List<Row> seen = rows();
    List<Seal> sealed = seals();
    return new Reading() {
      @Override
      public Set<Integer> shards() {
        Set<Integer> shards = new TreeSet<>();
        seen.forEach(r -> shards.add(r.shard()));
        return shards;
      }

      @Override
      public Iterator<Row> rows(int shard) {
        return seen.stream().filter(r -> r.shard() == shard).iterator();
      }

      @Override
      public Iterator<Seal> seals() {
        return sealed.iterator();
      }

      @Override
      public void close() {}
    };
  }
}
