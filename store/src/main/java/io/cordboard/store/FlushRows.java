package io.cordboard.store;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.core.call.LedgerStore.OfferRow;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Ids;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rows of one flush, each key once (the last one counts, since one statement cannot write a row
 * twice), in the order of {@link FlushText}.
 */
record FlushRows(
    Flush flush,
    List<AgentRow> agents,
    List<OfferRow> offers,
    List<CallRecord> calls,
    List<CallRecord.Segment> segments,
    List<CallRecord.Recording> recordings,
    TaskChanges tasks) {

  private record Numbered(CallId call, int n) {}

  static FlushRows of(Flush flush, Ids ids) {
    return new FlushRows(
        flush,
        latest(flush.agents(), AgentRow::agent),
        heldLast(latest(flush.offers(), o -> new Numbered(o.call(), o.n()))),
        latest(flush.calls(), CallRecord::call),
        latest(flush.segments(), s -> new Numbered(s.call(), s.n())),
        latest(flush.recordings(), CallRecord.Recording::name),
        TaskChanges.of(flush.tasks(), ids));
  }

  private static <R> List<R> latest(List<R> rows, Function<R, Object> key) {
    if (rows.size() < 2) {
      return rows;
    }
    Map<Object, R> last = new LinkedHashMap<>();
    for (R row : rows) {
      last.put(key.apply(row), row);
    }
    return List.copyOf(last.values());
  }

  // an agent is let go before being held again
  private static List<OfferRow> heldLast(List<OfferRow> offers) {
    return offers.stream().sorted(Comparator.comparing(OfferRow::live)).toList();
  }

  /** Which optional parts the text needs. */
  int parts() {
    return (agents.isEmpty() && offers.isEmpty() ? 0 : FlushText.PEOPLE)
        | (calls.isEmpty() && segments.isEmpty() ? 0 : FlushText.RECORDS)
        | (recordings.isEmpty() && tasks.empty() ? 0 : FlushText.REST);
  }

  void bind(PreparedStatement statement, FlushTables tables, int shard, long epoch)
      throws SQLException {
    int next = 1;
    for (long value :
        new long[] {
          flush.to(), flush.firstLive(), flush.oldestLive(), shard, epoch, flush.from()
        }) {
      statement.setLong(next++, value);
    }
    statement.setObject(next++, tables.journal().pack(flush.entries()));
    int parts = parts();
    if ((parts & FlushText.PEOPLE) != 0) {
      statement.setObject(next++, tables.agents().pack(agents));
      statement.setObject(next++, tables.offers().pack(offers));
    }
    if ((parts & FlushText.RECORDS) != 0) {
      statement.setObject(next++, tables.calls().pack(calls));
      statement.setObject(next++, tables.segments().pack(segments));
    }
    if ((parts & FlushText.REST) != 0) {
      statement.setObject(next++, tables.recordings().pack(recordings));
      statement.setObject(next++, tables.closings().pack(tasks.closings()));
      statement.setObject(next++, tables.tries().pack(tasks.tries()));
      statement.setObject(next++, tables.openings().pack(tasks.openings()));
    }
  }
}
