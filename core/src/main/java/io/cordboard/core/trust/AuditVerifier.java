package io.cordboard.core.trust;

import io.cordboard.core.trust.AuditStore.Head;
import io.cordboard.core.trust.AuditStore.Reading;
import io.cordboard.core.trust.AuditStore.Row;
import io.cordboard.core.trust.AuditStore.Seal;
import io.cordboard.kernel.Fault;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks all chains in step with the seals and names the first row that is not as it was written:
 * changed, removed, put in, exchanged, or cut off at the end. Memory does not grow with the trail.
 */
public final class AuditVerifier {
  private final AuditStore store;
  private final AuditWitness witness;

  public AuditVerifier(AuditStore store, AuditWitness witness) {
    this.store = store;
    this.witness = witness;
  }

  /** Reads everything; takes about a second for some hundred thousand rows. */
  public AuditVerdict verify() {
    // before the reading: a seal that is written meanwhile must not look cut off
    Optional<AuditWitness.Kept> kept = witness.last();
    try (Reading reading = store.read()) {
      return new Walk(reading, kept).run();
    }
  }

  private static final class Walk {
    private final Reading reading;
    private final @Nullable Kept kept;
    private final Map<Integer, Shard> shards = new TreeMap<>();
    private long rows;

    Walk(Reading reading, Optional<AuditWitness.Kept> kept) {
      this.reading = reading;
      this.kept = kept.map(k -> new Kept(k.seal(), k.hash())).orElse(null);
      reading.shards().forEach(this::shard);
    }

    AuditVerdict run() {
      try {
        Seal last = walkSeals();
        if (kept != null && (last == null || last.n() < kept.n)) {
          throw new Broken(
              "seal " + kept.n, "it was written and is not there: the end was cut off");
        }
        for (Shard shard : shards.values()) {
          shard.walkTo(Long.MAX_VALUE);
        }
        return new AuditVerdict(rows, true, null, null);
      } catch (Broken broken) {
        return new AuditVerdict(rows, false, broken.row, broken.reason);
      }
    }

    private @Nullable Seal walkSeals() throws Broken {
      Seal before = null;
      for (Iterator<Seal> seals = reading.seals(); seals.hasNext(); ) {
        Seal seal = seals.next();
        check(seal, before);
        for (Head head : seal.heads()) {
          shard(head.shard()).mustMatch(head);
        }
        before = seal;
      }
      return before;
    }

    private void check(Seal seal, @Nullable Seal before) throws Broken {
      Seal right = AuditChain.next(before, seal.at(), seal.heads());
      if (seal.n() != right.n()) {
        throw new Broken("seal " + right.n(), "it is missing");
      }
      if (!Arrays.equals(seal.hash(), right.hash())) {
        throw new Broken("seal " + seal.n(), "it was changed");
      }
      if (kept != null && kept.n == seal.n() && !Arrays.equals(kept.hash, seal.hash())) {
        throw new Broken(
            "seal " + seal.n(), "it is not the one that was kept outside: the trail was rewritten");
      }
    }

    private Shard shard(int number) {
      return shards.computeIfAbsent(number, Shard::new);
    }

    private record Kept(long n, byte[] hash) {}

    /** One shard, as far as it was read. */
    private final class Shard {
      private final Iterator<Row> source;
      private Head head;

      Shard(int number) {
        source =
            reading.shards().contains(number) ? reading.rows(number) : Collections.emptyIterator();
        head = new Head(number, 0, AuditChain.genesis());
      }

      void mustMatch(Head sealed) throws Broken {
        walkTo(sealed.n());
        if (head.n() < sealed.n()) {
          throw new Broken(name(head.n() + 1), "it was sealed and is not there");
        }
        // a seal made before another one of a second writer may be older than where we are
        if (head.n() == sealed.n() && !Arrays.equals(head.hash(), sealed.hash())) {
          throw new Broken(name(head.n()), "it is not the row that was sealed");
        }
      }

      void walkTo(long n) throws Broken {
        while (head.n() < n && source.hasNext()) {
          take(next());
        }
      }

      private Row next() throws Broken {
        try {
          return source.next();
        } catch (Fault.Refused changed) {
          rows++;
          throw new Broken(name(head.n() + 1), "it is not as it was written");
        }
      }

      private void take(Row row) throws Broken {
        if (row.n() != head.n() + 1) {
          throw new Broken(name(head.n() + 1), "it is missing");
        }
        rows++;
        if (!Arrays.equals(row.hash(), AuditChain.next(head, row.at(), row.entry()).hash())) {
          throw new Broken(
              name(row.n()), "it is not as it was written, or does not follow the row before it");
        }
        head = row.head();
      }

      private String name(long n) {
        return "entry " + head.shard() + "/" + n;
      }
    }
  }

  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final String row;
    private final String reason;

    Broken(String row, String reason) {
      super(reason, null, false, false);
      this.row = row;
      this.reason = reason;
    }
  }
}
