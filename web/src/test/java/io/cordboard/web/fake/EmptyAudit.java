package io.cordboard.web.fake;

import io.cordboard.core.trust.AuditStore;
import io.cordboard.core.trust.AuditWitness;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A trail without rows, for the verifier. */
public final class EmptyAudit implements AuditStore, AuditWitness {
  @Override
  public Tail tail() {
    return new Tail(List.of(), null);
  }

  @Override
  public void append(List<Row> rows) {}

  @Override
  public void append(Seal seal) {}

  @Override
  public boolean has(Row row) {
    return false;
  }

  @Override
  public Reading read() {
    return new Reading() {
      @Override
      public Set<Integer> shards() {
        return Set.of();
      }

      @Override
      public Iterator<Row> rows(int shard) {
        return Collections.emptyIterator();
      }

      @Override
      public Iterator<Seal> seals() {
        return Collections.emptyIterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void keep(long seal, byte[] hash) {}

  @Override
  public Optional<Kept> last() {
    return Optional.empty();
  }
}
