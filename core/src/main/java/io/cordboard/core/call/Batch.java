package io.cordboard.core.call;

import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.core.call.LedgerStore.OfferRow;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Everything between two commits. */
final class Batch {
  final List<Entry> entries = new ArrayList<>();
  final List<TaskChange> tasks = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  final Map<CallId, Call> calls = new LinkedHashMap<>();
  final Set<AgentId> agents = new LinkedHashSet<>();

  /** Somebody waits: told that it is committed, or that it never will be. */
  record Answer(Runnable done, Consumer<Fault> refused) {}

  /** Where a restart begins to read: a number, and a source time before which nothing lies. */
  record Start(long n, long at) {}

  boolean empty() {
    return entries.isEmpty() && tasks.isEmpty() && effects.isEmpty() && answers.isEmpty()
        && calls.isEmpty() && agents.isEmpty();
  }

  /** Somebody waits for this commit. */
  boolean urgent() {
    return !effects.isEmpty() || !answers.isEmpty() || !agents.isEmpty();
  }

  /** The rows; remembers on each mailbox what was sent, so that a row goes out once for each change. */
  Flush flush(long from, long to, Start start, AgentBook book) {
    List<AgentRow> agentRows = new ArrayList<>();
    for (AgentId id : agents) {
      AgentBook.Agent a = book.get(id);
      agentRows.add(new AgentRow(id, a.state, a.reason, a.since, a.call));
    }
    List<OfferRow> offers = new ArrayList<>();
    List<CallRecord> records = new ArrayList<>();
    List<CallRecord.Segment> segments = new ArrayList<>();
    List<CallRecord.Recording> recordings = new ArrayList<>();
    for (Call call : calls.values()) {
      for (Segment s : call.segments()) {
        call.changed("o" + s.n(), Records.offer(call, s)).ifPresent(offers::add);
        if (!s.offer().open() && !s.talking()) {
          call.changed("s" + s.n(), Records.segment(call, s)).ifPresent(segments::add);
        }
      }
      if (call.endedAt() != 0) {
        call.changed("c", Records.call(call)).ifPresent(records::add);
      }
      for (CallRecord.Recording recording : Records.recordings(call)) {
        call.changed(recording.name(), recording).ifPresent(recordings::add);
      }
    }
    return new Flush(
        from, to, start.n(), start.at(), List.copyOf(entries), agentRows, closedFirst(offers), records,
        segments, recordings, List.copyOf(tasks));
  }

  /** An agent's old offer must be let go before the new one is taken. */
  private static List<OfferRow> closedFirst(List<OfferRow> offers) {
    offers.sort((a, b) -> Boolean.compare(a.live(), b.live()));
    return offers;
  }
}
