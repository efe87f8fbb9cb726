package io.cordboard.store;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.OfferRow;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.TaskChanges.Closing;
import io.cordboard.store.TaskChanges.Opening;
import io.cordboard.store.TaskChanges.Try;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables that a flush writes, as the database at hand lays them out. */
record FlushTables(
    RowType<Entry> journal,
    RowType<AgentRow> agents,
    RowType<OfferRow> offers,
    RowType<CallRecord> calls,
    RowType<CallRecord.Segment> segments,
    RowType<CallRecord.Recording> recordings,
    RowType<Closing> closings,
    RowType<Try> tries,
    RowType<Opening> openings) {

  static final RowShape<Entry> JOURNAL =
      RowShape.<Entry>of("journal")
          .longs("at", Entry::at)
          .longs("h", Entry::hash)
          .longs("n", Entry::n)
          .uuids("call_id", e -> e.call().value())
          .shorts("type", Entry::type)
          .bytes("body", Entry::body);

  static final RowShape<AgentRow> AGENTS =
      RowShape.<AgentRow>of("agent_state")
          .uuids("agent_id", a -> a.agent().value())
          .texts("state", a -> a.state().name())
          .texts("reason", AgentRow::reason)
          .longs("since", AgentRow::since)
          .uuids("call_id", a -> value(a.call()));

  static final RowShape<OfferRow> OFFERS =
      RowShape.<OfferRow>of("offer")
          .uuids("call_id", o -> o.call().value())
          .ints("n", OfferRow::n)
          .uuids("agent_id", o -> o.agent().value())
          .texts("queue", OfferRow::queue)
          .longs("at", OfferRow::at)
          .longs("deadline", OfferRow::deadline)
          .texts("state", o -> o.state().name())
          .booleans("holds", OfferRow::live);

  static final RowShape<CallRecord> CALLS =
      RowShape.<CallRecord>of("call_record")
          .uuids("call_id", c -> c.call().value())
          .uuids("customer_id", c -> value(c.customer()))
          .texts("match_state", CallRecord::matchState)
          .texts("number", CallRecord::number)
          .booleans("withheld", CallRecord::withheld)
          .texts("direction", CallRecord::direction)
          .texts("line", CallRecord::line)
          .texts("queue", CallRecord::queue)
          .texts("switch_id", CallRecord::switchId)
          .longs("epoch", CallRecord::epoch)
          .texts("channel", CallRecord::channel)
          .texts("sip_call_id", CallRecord::sipCallId)
          .texts("linked_id", CallRecord::linkedId)
          .texts("trunk", CallRecord::trunk)
          .booleans("controlled", CallRecord::controlled)
          .longs("arrived_at", CallRecord::arrivedAt)
          .longs("answered_at", CallRecord::answeredAt)
          .longs("ended_at", CallRecord::endedAt)
          .texts("outcome", CallRecord::outcome)
          .texts("cause_side", c -> c.cause().side().name())
          .ints("cause_q850", c -> c.cause().q850())
          .ints("cause_sip", c -> c.cause().sip())
          .texts("cause_text", c -> c.cause().text())
          .longs("wait_millis", CallRecord::waitMillis)
          .longs("talk_millis", CallRecord::talkMillis)
          .longs("approximate_from", CallRecord::approximateFrom)
          .longs("approximate_to", CallRecord::approximateTo)
          .uuids("agent_id", c -> value(c.agent()))
          .texts("disposition", CallRecord::disposition)
          .longs("verified_at", CallRecord::verifiedAt)
          .texts("verified_by", CallRecord::verifiedBy)
          .texts("announcement", CallRecord::announcement)
          .longs("announced_at", CallRecord::announcedAt)
          .booleans("fallback", CallRecord::fallback)
          .texts("outside", c -> PartiesText.of(c.outside()));

  static final RowShape<CallRecord.Segment> SEGMENTS =
      RowShape.<CallRecord.Segment>of("segment")
          .uuids("call_id", s -> s.call().value())
          .ints("n", CallRecord.Segment::n)
          .uuids("agent_id", s -> s.agent().value())
          .longs("offered_at", CallRecord.Segment::offeredAt)
          .longs("answered_at", CallRecord.Segment::answeredAt)
          .longs("ended_at", CallRecord.Segment::endedAt)
          .longs("wrapped_up_at", CallRecord.Segment::wrappedUpAt)
          .texts("outcome", CallRecord.Segment::outcome)
          .texts("disposition", CallRecord.Segment::disposition)
          .texts("answers", s -> AnswerText.of(s.answers()))
          .texts("why", s -> s.why().isEmpty() ? null : String.join(" ", s.why()));

  static final RowShape<CallRecord.Recording> RECORDINGS =
      RowShape.<CallRecord.Recording>of("recording")
          .texts("name", CallRecord.Recording::name)
          .uuids("call_id", r -> r.call().value())
          .ints("segment", CallRecord.Recording::segment)
          .texts("switch_id", CallRecord.Recording::switchId)
          .longs("started_at", CallRecord.Recording::startedAt)
          .longs("ended_at", CallRecord.Recording::endedAt)
          .texts("state", CallRecord.Recording::state)
          .texts("announcement", CallRecord.Recording::announcement)
          .texts("silent", r -> r.silent() == null ? null : r.silent().name());

  static final RowShape<Closing> CLOSINGS =
      RowShape.<Closing>of("task")
          .texts("party", Closing::party)
          .texts("queue", Closing::queue)
          .longs("closed_at", Closing::at)
          .uuids("closed_by_call", c -> c.call().value());

  static final RowShape<Try> TRIES =
      RowShape.<Try>of("task")
          .texts("party", Try::party)
          .texts("queue", Try::queue)
          .ints("tries", Try::count)
          .texts("last_try", Try::outcome)
          .longs("due_at", Try::dueAt);

  static final RowShape<Opening> OPENINGS =
      RowShape.<Opening>of("task")
          .uuids("id", Opening::id)
          .texts("party", Opening::party)
          .uuids("customer_id", o -> TaskChanges.customer(o.last()))
          .texts("number", o -> o.last().number())
          .texts("queue", o -> o.last().queue())
          .texts("reason", o -> o.last().reason())
          .ints("attempts", Opening::attempts)
          .longs("first_at", o -> o.first().at())
          .longs("last_at", o -> o.last().at())
          .uuids("first_call", o -> o.first().call().value())
          .uuids("last_call", o -> o.last().call().value())
          .uuids("message_call", o -> o.message() == null ? null : o.message().value());

  static FlushTables in(Connection connection) throws SQLException {
    return new FlushTables(
        JOURNAL.in(connection),
        AGENTS.in(connection),
        OFFERS.in(connection),
        CALLS.in(connection),
        SEGMENTS.in(connection),
        RECORDINGS.in(connection),
        CLOSINGS.in(connection),
        TRIES.in(connection),
        OPENINGS.in(connection));
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
