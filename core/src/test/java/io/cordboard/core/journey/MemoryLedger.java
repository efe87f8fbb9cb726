package io.cordboard.core.journey;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A ledger store in memory that refuses what the database would refuse. */
final class MemoryLedger implements LedgerStore {
  final List<Entry> journal = new ArrayList<>();
  final Map<CallId, CallRecord> calls = new LinkedHashMap<>();
  final Map<String, CallRecord.Segment> segments = new LinkedHashMap<>();
  final Map<String, CallRecord.Recording> recordings = new LinkedHashMap<>();
  final Map<AgentId, AgentRow> agents = new LinkedHashMap<>();
  final List<TaskChange> tasks = new ArrayList<>();
  private final Map<String, OfferRow> offers = new HashMap<>();
  private final Set<String> keys = new HashSet<>();
  private long position;
  private long firstLive;
  private long oldestLive;
  int flushesToFail;
  boolean takenOver;
  private boolean breaks;
  private int positionsToFail;

  /** The next commit is carried out and its answer is lost; so is the first question after it. */
  void breakAfterCommit(boolean positionToo) {
    breaks = true;
    positionsToFail = positionToo ? 1 : 0;
  }

  @Override
  public Recovered takeOver() {
    List<Entry> entries =
        journal.stream()
            .filter(entry -> entry.n() >= firstLive && entry.at() >= oldestLive)
            .sorted((a, b) -> Long.compare(a.n(), b.n()))
            .toList();
    Map<CallId, LegKey> ended = new LinkedHashMap<>();
    calls.forEach(
        (id, c) -> ended.put(id, new LegKey(c.switchId(), c.epoch(), c.channel())));
    return new Recovered(position, entries, List.copyOf(agents.values()), ended);
  }

  @Override
  public void flush(Flush flush) {
    if (flushesToFail > 0) {
      flushesToFail--;
      throw new Fault.Unreachable("The test took the database away.", null);
    }
    if (takenOver || flush.from() != position) {
      throw new Fault.Refused("another writer");
    }
    List<Twin> twins =
        flush.entries().stream()
            .filter(entry -> keys.contains(key(entry)))
            .map(entry -> new Twin(entry, entry))
            .toList();
    if (!twins.isEmpty()) {
      throw new Doubled(twins);
    }
    takeOffers(flush.offers());
    flush.entries().forEach(entry -> keys.add(key(entry)));
    journal.addAll(flush.entries());
    flush.calls().forEach(call -> calls.put(call.call(), call));
    flush.segments().forEach(segment -> segments.put(segment.call() + "/" + segment.n(), segment));
    flush.recordings().forEach(recording -> recordings.put(recording.name(), recording));
    flush.agents().forEach(agent -> agents.put(agent.agent(), agent));
    tasks.addAll(flush.tasks());
    position = flush.to();
    firstLive = flush.firstLive();
    oldestLive = flush.oldestLive();
    if (breaks) {
      breaks = false;
      throw new Fault.OutcomeUnknown("The connection broke after the commit.", null);
    }
  }

  private void takeOffers(List<OfferRow> rows) {
    rows.forEach(row -> offers.put(row.call() + "/" + row.n(), row));
    Map<AgentId, Long> held = new HashMap<>();
    offers.values().stream()
        .filter(OfferRow::live)
        .forEach(row -> held.merge(row.agent(), 1L, Long::sum));
    if (held.values().stream().anyMatch(count -> count > 1)) {
      throw new AssertionError("An agent holds two calls: " + held);
    }
  }

  /** Agents whom an offer holds. */
  List<AgentId> held() {
    return offers.values().stream().filter(OfferRow::live).map(OfferRow::agent).toList();
  }

  private static String key(Entry entry) {
    return entry.at() + "/" + entry.hash();
  }

  @Override
  public long position() {
    if (positionsToFail > 0) {
      positionsToFail--;
      throw new Fault.Unreachable("The database is away.", null);
    }
    return position;
  }
}
