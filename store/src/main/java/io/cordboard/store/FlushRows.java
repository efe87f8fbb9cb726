package io.cordboard.store;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.core.call.LedgerStore.OfferRow;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Ids;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  static FlushRows of(Flush flush) {
    return new FlushRows(
        flush,
        latest(flush.agents(), AgentRow::agent),
        heldLast(latest(flush.offers(), o -> new Numbered(o.call(), o.n()))),
        latest(flush.calls(), CallRecord::call),
        latest(flush.segments(), s -> new Numbered(s.call(), s.n())),
        latest(flush.recordings(), CallRecord.Recording::name),
        TaskChanges.of(flush.tasks()));
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

  void bind(PreparedStatement statement, int shard, long epoch, Ids ids) throws SQLException {
    Columns columns = new Columns(statement);
    columns.value(flush.to()).value(flush.firstLive()).value(flush.oldestLive());
    columns.value(shard).value(epoch).value(flush.from());
    journal(columns);
    int parts = parts();
    if ((parts & FlushText.PEOPLE) != 0) {
      people(columns);
    }
    if ((parts & FlushText.RECORDS) != 0) {
      calls(columns);
      segments(columns);
    }
    if ((parts & FlushText.REST) != 0) {
      recordings(columns);
      tasks.bind(columns, ids);
    }
  }

  private void journal(Columns columns) throws SQLException {
    columns
        .of(flush.entries())
        .longs(Entry::at)
        .longs(Entry::hash)
        .longs(Entry::n)
        .uuids(e -> e.call().value())
        .shorts(Entry::type)
        .bytes(Entry::body);
  }

  private void people(Columns columns) throws SQLException {
    columns
        .of(agents)
        .uuids(a -> a.agent().value())
        .texts(a -> a.state().name())
        .texts(AgentRow::reason)
        .longs(AgentRow::since)
        .uuids(a -> value(a.call()));
    columns
        .of(offers)
        .uuids(o -> o.call().value())
        .ints(OfferRow::n)
        .uuids(o -> o.agent().value())
        .texts(OfferRow::queue)
        .longs(OfferRow::at)
        .longs(OfferRow::deadline)
        .texts(o -> o.state().name())
        .booleans(OfferRow::live);
  }

  private void calls(Columns columns) throws SQLException {
    columns
        .of(calls)
        .uuids(c -> c.call().value())
        .uuids(c -> value(c.customer()))
        .texts(CallRecord::matchState)
        .texts(CallRecord::number)
        .booleans(CallRecord::withheld)
        .texts(CallRecord::line)
        .texts(CallRecord::queue)
        .texts(CallRecord::switchId)
        .longs(CallRecord::epoch)
        .texts(CallRecord::channel)
        .texts(CallRecord::sipCallId)
        .texts(CallRecord::linkedId)
        .texts(CallRecord::trunk)
        .booleans(CallRecord::controlled)
        .longs(CallRecord::arrivedAt)
        .longs(CallRecord::answeredAt)
        .longs(CallRecord::endedAt)
        .texts(CallRecord::outcome)
        .texts(c -> c.cause().side().name())
        .ints(c -> c.cause().q850())
        .ints(c -> c.cause().sip())
        .texts(c -> c.cause().text())
        .longs(CallRecord::waitMillis)
        .longs(CallRecord::talkMillis)
        .longs(CallRecord::approximateFrom)
        .longs(CallRecord::approximateTo)
        .uuids(c -> value(c.agent()))
        .texts(CallRecord::disposition)
        .longs(CallRecord::verifiedAt)
        .texts(CallRecord::verifiedBy)
        .texts(CallRecord::announcement)
        .longs(CallRecord::announcedAt);
  }

  private void segments(Columns columns) throws SQLException {
    columns
        .of(segments)
        .uuids(s -> s.call().value())
        .ints(CallRecord.Segment::n)
        .uuids(s -> s.agent().value())
        .longs(CallRecord.Segment::offeredAt)
        .longs(CallRecord.Segment::answeredAt)
        .longs(CallRecord.Segment::endedAt)
        .longs(CallRecord.Segment::wrappedUpAt)
        .texts(CallRecord.Segment::outcome)
        .texts(CallRecord.Segment::disposition);
  }

  private void recordings(Columns columns) throws SQLException {
    columns
        .of(recordings)
        .texts(CallRecord.Recording::name)
        .uuids(r -> r.call().value())
        .ints(CallRecord.Recording::segment)
        .texts(CallRecord.Recording::switchId)
        .longs(CallRecord.Recording::startedAt)
        .longs(CallRecord.Recording::endedAt)
        .texts(CallRecord.Recording::state)
        .texts(CallRecord.Recording::announcement)
        .texts(r -> r.silent() == null ? null : r.silent().name());
  }

  private static @Nullable UUID value(@Nullable CallId id) {
    return id == null ? null : id.value();
  }

  private static @Nullable UUID value(@Nullable CustomerId id) {
    return id == null ? null : id.value();
  }

  private static @Nullable UUID value(@Nullable AgentId id) {
    return id == null ? null : id.value();
  }
}
