package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** A connection with its harness: what the cases of {@link CrmContract} use. */
public final class CrmRig implements AutoCloseable {
  /** As long as a live look-up may take. */
  static final Duration SOON = Duration.ofSeconds(10);

  private final CrmHarness harness;
  private final Crm crm;
  private final List<Crm> others = new ArrayList<>();
  private final AtomicInteger made = new AtomicInteger();
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  CrmRig(CrmHarness harness) {
    this.harness = harness;
    this.crm = harness.crm();
  }

  public CrmHarness harness() {
    return harness;
  }

  public Crm crm() {
    return crm;
  }

  /** Another connection, as after a restart of ours. */
  public Crm another() {
    Crm other = harness.another();
    others.add(other);
    return other;
  }

  // ---- what a case needs, else it is skipped

  public void needs(Able... abilities) {
    for (Able ability : abilities) {
      assumeTrue(harness.able().contains(ability), () -> "the harness cannot: " + ability);
    }
  }

  /** Runs the case for each kind that declares all of these. */
  public void each(Consumer<RecordKind> body, Ability... needed) {
    List<RecordKind> kinds =
        Arrays.stream(RecordKind.values())
            .filter(kind -> Arrays.stream(needed).allMatch(ability -> crm.can(kind, ability)))
            .toList();
    assumeTrue(!kinds.isEmpty(), () -> "not declared: " + Arrays.toString(needed));
    for (RecordKind kind : kinds) {
      try {
        body.accept(kind);
      } catch (TestAbortedException skipped) {
        throw skipped;
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError("With records of kind '%s': %s".formatted(kind.word(), failed.getMessage()), failed);
      }
    }
  }

  public FindByNumber byNumber() {
    return crm.as(FindByNumber.class, RecordKind.CUSTOMER);
  }

  public ReadRecords reads(RecordKind kind) {
    return crm.as(ReadRecords.class, kind);
  }

  public WriteRecords writes(RecordKind kind) {
    return crm.as(WriteRecords.class, kind);
  }

  public ReadChanges changes(RecordKind kind) {
    return crm.as(ReadChanges.class, kind);
  }

  public ScanRecords scans(RecordKind kind) {
    return crm.as(ScanRecords.class, kind);
  }

  // ---- steps

  /** Words that were never used in this system. */
  public String fresh(String prefix) {
    return prefix + " " + run + "-" + made.incrementAndGet();
  }

  /** An id of ours that was never used. */
  public String freshRef() {
    return UUID.randomUUID().toString();
  }

  /** A number of China that nobody has. */
  public PhoneNumber chinese() {
    return new PhoneNumber("+86138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
  }

  /** A number of America that nobody has. */
  public PhoneNumber american() {
    return new PhoneNumber("+1212%07d".formatted(ThreadLocalRandom.current().nextInt(2_000_000, 10_000_000)));
  }

  /** Somebody there makes a record. */
  public String makes(RecordKind kind, String words) {
    return harness.make(kind, harness.fresh(kind, words));
  }

  /** A map of one field. */
  public static SortedMap<String, Value> field(String name, Value value) {
    return new TreeMap<>(Map.of(name, value));
  }

  /** Somebody there changes the words of a record. */
  public void rewords(RecordKind kind, String id, String words) {
    harness.change(kind, id, field(harness.words(kind), Value.of(words)));
  }

  /** A write that makes a record. */
  public Write making(RecordKind kind, String ref, String words) {
    return new Write(ref, null, null, fresh("op"), harness.fresh(kind, words));
  }

  /** A write that changes one. */
  public Write changing(String ref, String id, @Nullable String version, SortedMap<String, Value> fields) {
    return new Write(ref, id, version, fresh("op"), fields);
  }

  /** Writes one and gives what became of it. */
  public Written write(RecordKind kind, Write write) {
    List<Written> verdicts = writes(kind).write(kind, List.of(write));
    assertThat(verdicts).as("one verdict for one write").hasSize(1);
    return verdicts.getFirst();
  }

  /** Writes one, and it stands. */
  public Written.Done done(RecordKind kind, Write write) {
    Written verdict = write(kind, write);
    assertThat(verdict).isInstanceOf(Written.Done.class);
    return (Written.Done) verdict;
  }

  /** What a write failed with, as a whole or alone. */
  public Fault writeFault(RecordKind kind, Write write) {
    try {
      Written verdict = write(kind, write);
      assertThat(verdict).isInstanceOf(Written.Failed.class);
      return safe(((Written.Failed) verdict).fault());
    } catch (Fault fault) {
      return safe(fault);
    }
  }

  /** What this fails with; its words may be shown. */
  public Fault fault(Supplier<?> deed) {
    try {
      Object answer = deed.get();
      return fail("Expected a fault, got " + answer);
    } catch (Fault fault) {
      return safe(fault);
    }
  }

  private Fault safe(Fault fault) {
    assertThat(fault.getMessage()).isNotBlank();
    for (String secret : harness.secrets()) {
      assertThat(fault.getMessage()).doesNotContain(secret);
      assertThat(crm.toString()).doesNotContain(secret);
    }
    return fault;
  }

  /** The record as it stands there, read by its id. */
  public CrmRecord read(RecordKind kind, String id) {
    List<CrmRecord> found = reads(kind).read(kind, List.of(id));
    assertThat(found).as("the record '%s'", id).hasSize(1);
    return found.getFirst();
  }

  /** The words of a record. */
  public @Nullable Value words(CrmRecord record) {
    return record.fields().get(harness.words(record.kind()));
  }

  /** Where changes begin from now on. */
  public String cursor(RecordKind kind) {
    ReadChanges.Page page = changes(kind).changes(kind, null, 100);
    while (page.more()) {
      page = changes(kind).changes(kind, page.cursor(), 100);
    }
    return page.cursor();
  }

  /** All that is told from a cursor on until nothing more is there, the last of each record. */
  public Map<String, CrmRecord> told(ReadChanges from, RecordKind kind, String cursor, int most) {
    Map<String, CrmRecord> told = new LinkedHashMap<>();
    String at = cursor;
    for (int pages = 0; pages < 10_000; pages++) {
      ReadChanges.Page page = from.changes(kind, at, most);
      assertThat(page.gap()).as("a gap").isFalse();
      assertThat(page.records()).hasSizeLessThanOrEqualTo(most);
      page.records().forEach(record -> told.put(record.id(), record));
      at = page.cursor();
      if (!page.more()) {
        return told;
      }
    }
    return fail("There were more pages than there can be.");
  }

  @Override
  public void close() {
    crm.close();
    others.forEach(Crm::close);
    harness.close();
  }
}
