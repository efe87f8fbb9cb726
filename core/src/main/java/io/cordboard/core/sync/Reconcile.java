package io.cordboard.core.sync;

import io.cordboard.core.sync.ThreeWay.Sides;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares every record that both sides have, or that one side lacks, and says how equal they are before anything is
 * repaired. What differs is looked at once more at the end: a change that was on its way meanwhile is no difference.
 * Repairs by the rules of the sync itself, and only when it is asked to.
 */
public final class Reconcile {
  private static final Duration TURN = Duration.ofSeconds(30);
  private static final int PAGE = 200;
  private static final int MOST_DRIFTS = 1_000;

  private final Joined joined;
  private final SyncStore store;
  private final ReceiveRecords receive;
  private final Clock clock;

  public Reconcile(Joined joined, SyncStore store, ReceiveRecords receive, Clock clock) {
    this.joined = joined;
    this.store = store;
    this.receive = receive;
    this.clock = clock;
  }

  /** What is not equal about a record. */
  public enum What {
    DIFFERS,
    /** They have it and we do not. */
    MISSING_HERE,
    /** We have it and they do not. */
    MISSING_THERE
  }

  /**
   * A record that is not equal.
   *
   * @param ours our id; empty where we do not have it
   * @param theirs their id; empty where they do not have it
   * @param fields of ours that differ, by their names
   */
  public record Drift(What what, String ours, String theirs, SortedSet<String> fields) {}

  /**
   * What was found, before any repair.
   *
   * @param at when it ended, microseconds UTC
   * @param repaired how many were handed in to be repaired
   * @param drifts the first thousand
   */
  public record Report(
      String crm, RecordKind kind, long at, long compared, long equal, long differing, long missingHere,
      long missingThere, long repaired, List<Drift> drifts) {
    public Report {
      drifts = List.copyOf(drifts);
    }

    /** In hundredths; 100 where there is nothing to compare. */
    public double consistencyPercent() {
      return compared == 0 ? 100 : 100.0 * equal / compared;
    }
  }

  /**
   * Compares all records of a kind.
   *
   * @param repair whether what differs is handed in to be made equal
   * @param progress hears how many were compared so far
   */
  public Report all(RecordKind kind, boolean repair, LongConsumer progress) {
    Run run = new Run(kind, progress);
    run.theirs();
    run.ours();
    run.again();
    long repaired = repair ? run.repair() : 0;
    return run.report(repaired);
  }

  private final class Run {
    private final RecordKind kind;
    private final LongConsumer progress;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Drift> drifts = new LinkedHashMap<>();
    private long compared;
    private long equal;

    Run(RecordKind kind, LongConsumer progress) {
      this.kind = kind;
      this.progress = progress;
    }

    void theirs() {
      ScanRecords scan = joined.crm().as(ScanRecords.class, kind);
      String next = null;
      do {
        String after = next;
        ScanRecords.Page page =
            joined.gate().pass(CrmGate.For.WORK, TURN, () -> scan.scan(kind, after, PAGE));
        compare(page.records().stream().filter(one -> seen.add(one.id())).toList());
        next = page.next();
        progress.accept(compared);
      } while (next != null);
    }

    private void compare(List<CrmRecord> records) {
      Map<String, Link> links = store.linksOf(joined.name(), kind, records.stream().map(CrmRecord::id).toList());
      Map<String, Ours> ours = store.ours(kind, links.values().stream().map(Link::ours).toList());
      Map<String, Link> owners = owners(ours.values());
      Set<String> known = known(records.stream().filter(record -> !links.containsKey(record.id())).toList());
      for (CrmRecord record : records) {
        Link link = links.get(record.id());
        if (link == null && !isToBeHere(record, known)) {
          // theirs alone, and none of ours to have
          continue;
        }
        compared++;
        note(record, link, link == null ? null : ours.get(link.ours()), owners);
      }
    }

    private boolean isToBeHere(CrmRecord record, Set<String> known) {
      if (kind == RecordKind.CUSTOMER || !ReceiveRecords.mayBeMade(kind)) {
        return kind == RecordKind.CUSTOMER && joined.makeCustomers();
      }
      return customer(record).filter(id -> joined.makeCustomers() || known.contains(id)).isPresent();
    }

    private Optional<String> customer(CrmRecord record) {
      return Mapping.customer(joined.mapping(kind).here(record));
    }

    /** Whose records these are, of those whom we know, by their ids. */
    private Set<String> known(List<CrmRecord> records) {
      Set<String> whose = new HashSet<>();
      if (kind != RecordKind.CUSTOMER) {
        records.forEach(record -> customer(record).ifPresent(whose::add));
      }
      return whose.isEmpty() ? whose : store.linksOf(joined.name(), RecordKind.CUSTOMER, whose).keySet();
    }

    /** Links of the customers whose records these are, by our ids. */
    private Map<String, Link> owners(Collection<Ours> records) {
      Set<String> whose = new HashSet<>();
      records.stream().map(Ours::customer).filter(Objects::nonNull).forEach(whose::add);
      return store.links(joined.name(), RecordKind.CUSTOMER, whose);
    }

    private void note(
        CrmRecord record, @Nullable Link link, @Nullable Ours ours, Map<String, Link> owners) {
      if (link == null || ours == null) {
        drifts.put("t" + record.id(), new Drift(What.MISSING_HERE, "", record.id(), new TreeSet<>()));
        return;
      }
      SortedSet<String> fields = differing(record, link, ours, owners);
      boolean fine = fields.isEmpty() && !ours.gone() && link.isLive();
      if (fine) {
        equal++;
        drifts.remove("t" + record.id());
      } else {
        drifts.put("t" + record.id(), new Drift(What.DIFFERS, ours.id(), record.id(), fields));
      }
    }

    private SortedSet<String> differing(CrmRecord record, Link link, Ours ours, Map<String, Link> owners) {
      Mapping mapping = joined.mapping(kind);
      SortedMap<String, Value> here = mapping.here(ours);
      SortedMap<String, Value> there = mapping.here(record);
      Link owner = ours.customer() == null ? null : owners.get(ours.customer());
      if (owner != null && owner.isLive()) {
        here.put("customer", new Value.Text(owner.theirs()));
      }
      ThreeWay plan = ThreeWay.of(mapping.rules(), link.agreed(), new Sides(here, there, true));
      SortedSet<String> fields = new TreeSet<>(plan.here().keySet());
      fields.addAll(plan.there().keySet());
      return fields;
    }

    /** Ours that they lack: never sent, or lost there without a word. */
    void ours() {
      String after = "";
      List<Link> page = store.page(joined.name(), kind, after, PAGE);
      while (!page.isEmpty()) {
        for (Link link : page) {
          after = link.ours();
          if (link.isLive() && !seen.contains(link.theirs())) {
            compared++;
            drifts.put(
                "o" + link.ours(), new Drift(What.MISSING_THERE, link.ours(), link.theirs(), new TreeSet<>()));
          }
        }
        page = store.page(joined.name(), kind, after, PAGE);
      }
      if (joined.crm().can(kind, Ability.WRITE) && joined.mapping(kind).writes()) {
        for (String id : store.withoutLink(joined.name(), kind)) {
          compared++;
          drifts.put("o" + id, new Drift(What.MISSING_THERE, id, "", new TreeSet<>()));
        }
      }
    }

    /** What was on its way meanwhile has arrived now. */
    void again() {
      List<Drift> doubtful = List.copyOf(drifts.values());
      if (doubtful.isEmpty() || !joined.crm().can(kind, Ability.READ)) {
        return;
      }
      ReadRecords reads = joined.crm().as(ReadRecords.class, kind);
      Map<String, Link> links = store.links(joined.name(), kind, ids(doubtful));
      Set<String> theirs = new TreeSet<>(links.values().stream().filter(Link::isLive).map(Link::theirs).toList());
      doubtful.stream().map(Drift::theirs).filter(id -> !id.isEmpty()).forEach(theirs::add);
      theirs.remove("");
      List<String> asked = List.copyOf(theirs);
      for (int from = 0; from < asked.size(); from += reads.mostRead()) {
        List<String> part = asked.subList(from, Math.min(asked.size(), from + reads.mostRead()));
        once(joined.gate().pass(CrmGate.For.WORK, TURN, () -> reads.read(kind, part)));
      }
    }

    private Collection<String> ids(List<Drift> doubtful) {
      return doubtful.stream().map(Drift::ours).filter(id -> !id.isEmpty()).toList();
    }

    private void once(List<CrmRecord> records) {
      Map<String, Link> links = store.linksOf(joined.name(), kind, records.stream().map(CrmRecord::id).toList());
      Map<String, Ours> ours = store.ours(kind, links.values().stream().map(Link::ours).toList());
      Map<String, Link> owners = owners(ours.values());
      for (CrmRecord record : records) {
        Link link = links.get(record.id());
        Ours stands = link == null ? null : ours.get(link.ours());
        boolean alive = record.state() == CrmRecord.State.LIVE;
        if (link == null || stands == null || !alive) {
          continue;
        }
        if (differing(record, link, stands, owners).isEmpty() && link.isLive() && !stands.gone()) {
          boolean was = drifts.remove("t" + record.id()) != null | drifts.remove("o" + stands.id()) != null;
          equal += was ? 1 : 0;
        }
      }
    }

    long repair() {
      boolean reads = joined.crm().can(kind, Ability.READ);
      List<String> send = new ArrayList<>();
      List<String> unfit = new ArrayList<>();
      for (Drift drift : drifts.values()) {
        boolean sent = drift.what() == What.MISSING_THERE && drift.theirs().isEmpty();
        // what a list does not show is read, and not taken for deleted
        if (!sent && !(reads && taken(drift.theirs()))) {
          unfit.add(drift.theirs());
        }
        if (sent || drift.what() == What.DIFFERS) {
          send.add(drift.ours());
        }
      }
      store.mark(joined.name(), kind, send);
      return drifts.size() - unfit.size();
    }

    /** One that cannot be taken over stays a difference, and holds nothing up. */
    private boolean taken(String id) {
      try {
        receive.takeAnyway(kind, id);
        return true;
      } catch (Fault.Refused | Fault.BadRequest | Fault.NotFound | Fault.Busy unfit) {
        return false;
      }
    }

    Report report(long repaired) {
      Map<What, Long> counts =
          drifts.values().stream().collect(Collectors.groupingBy(Drift::what, TreeMap::new, Collectors.counting()));
      return new Report(
          joined.name(), kind, clock.micros(), compared, equal, counts.getOrDefault(What.DIFFERS, 0L),
          counts.getOrDefault(What.MISSING_HERE, 0L), counts.getOrDefault(What.MISSING_THERE, 0L), repaired,
          drifts.values().stream().limit(MOST_DRIFTS).toList());
    }
  }
}
