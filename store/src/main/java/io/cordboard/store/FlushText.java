package io.cordboard.store;

/**
 * The SQL of a flush: several statements in one text, hence one round trip and, in autocommit mode, one
 * transaction. A part that has nothing to write is left out.
 *
 * <p>No statement but the fence may return rows: before one whose rows have no known size the driver
 * would commit what it has sent so far.
 */
final class FlushText {
  /** Agents and offers. */
  static final int PEOPLE = 1;

  /** Calls and segments. */
  static final int RECORDS = 2;

  /** Recordings and tasks. */
  static final int REST = 4;

  /** How many texts there are. */
  static final int VARIANTS = 8;

  private static final String JOURNAL =
      """
      with p as (
        update writer_pos set n = ?, first_live = ?, oldest_live = ?
        where shard = ? and epoch = ? and n = ? returning 1)
      select case when count(*) = 1 then 1 else flush_fenced() end from p;
      insert into journal (at, h, n, call_id, type, body)
      select * from unnest(?::int8[], ?::int8[], ?::int8[], ?::uuid[], ?::int2[], ?::bytea[])
      """;

  private static final String AGENTS_AND_OFFERS =
      """
      ;
      insert into agent_state as old (agent_id, state, reason, since, call_id)
      select * from unnest(?::uuid[], ?::text[], ?::text[], ?::int8[], ?::uuid[])
      on conflict (agent_id) do update set
        state = excluded.state, reason = excluded.reason, since = excluded.since,
        call_id = excluded.call_id;
      insert into offer as old (call_id, n, agent_id, queue, at, deadline, state, holds)
      select * from unnest(?::uuid[], ?::int4[], ?::uuid[], ?::text[], ?::int8[], ?::int8[],
        ?::text[], ?::bool[])
      on conflict (call_id, n) do update set state = excluded.state, holds = excluded.holds
      """;

  private static final String CALLS_AND_SEGMENTS =
      """
      ;
      insert into call_record as old (call_id, customer_id, match_state, number, withheld, line, queue,
        switch_id, epoch, channel, sip_call_id, linked_id, trunk, controlled, arrived_at, answered_at,
        ended_at, outcome, cause_side, cause_q850, cause_sip, cause_text, wait_millis, talk_millis,
        approximate_from, approximate_to, agent_id, disposition, verified_at, verified_by,
        announcement, announced_at)
      select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bool[], ?::text[], ?::text[],
        ?::text[], ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::int8[],
        ?::int8[], ?::int8[], ?::text[], ?::text[], ?::int4[], ?::int4[], ?::text[], ?::int8[], ?::int8[],
        ?::int8[], ?::int8[], ?::uuid[], ?::text[], ?::int8[], ?::text[],
        ?::text[], ?::int8[])
      on conflict (call_id) do update set
        customer_id = excluded.customer_id, match_state = excluded.match_state,
        number = excluded.number, withheld = excluded.withheld, line = excluded.line,
        queue = excluded.queue, switch_id = excluded.switch_id, epoch = excluded.epoch, channel = excluded.channel,
        sip_call_id = excluded.sip_call_id, linked_id = excluded.linked_id, trunk = excluded.trunk,
        controlled = excluded.controlled, arrived_at = excluded.arrived_at,
        answered_at = excluded.answered_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
        cause_side = excluded.cause_side, cause_q850 = excluded.cause_q850,
        cause_sip = excluded.cause_sip, cause_text = excluded.cause_text,
        wait_millis = excluded.wait_millis, talk_millis = excluded.talk_millis,
        approximate_from = excluded.approximate_from, approximate_to = excluded.approximate_to,
        agent_id = excluded.agent_id, disposition = excluded.disposition,
        verified_at = excluded.verified_at, verified_by = excluded.verified_by,
        announcement = excluded.announcement, announced_at = excluded.announced_at;
      insert into segment as old (call_id, n, agent_id, offered_at, answered_at, ended_at,
        wrapped_up_at, outcome, disposition)
      select * from unnest(?::uuid[], ?::int4[], ?::uuid[], ?::int8[], ?::int8[], ?::int8[], ?::int8[],
        ?::text[], ?::text[])
      on conflict (call_id, n) do update set
        agent_id = excluded.agent_id, offered_at = excluded.offered_at,
        answered_at = excluded.answered_at, ended_at = excluded.ended_at,
        wrapped_up_at = excluded.wrapped_up_at, outcome = excluded.outcome,
        disposition = excluded.disposition
      """;

  // what the fetcher found out about a recording is not the ledger's to change
  private static final String RECORDINGS_AND_TASKS =
      """
      ;
      insert into recording as old (name, call_id, segment, switch_id, started_at, ended_at, state,
        announcement, silent)
      select * from unnest(?::text[], ?::uuid[], ?::int4[], ?::text[], ?::int8[], ?::int8[], ?::text[],
        ?::text[], ?::text[])
      on conflict (name) do update set
        started_at = excluded.started_at, ended_at = excluded.ended_at,
        announcement = excluded.announcement, silent = excluded.silent,
        state = case when old.state in ('STORED', 'LOST') then old.state else excluded.state end;
      with s (party, queue, at, call) as materialized (
        select * from unnest(?::text[], ?::text[], ?::int8[], ?::uuid[])),
      own as (
        update task set closed_at = s.at, closed_by_call = s.call from s
        where task.party = s.party and task.queue = s.queue and task.closed_at = 0)
      update task set closed_at = s.at, closed_by_call = s.call from s
      where task.merged_party = s.party and task.queue = s.queue and task.closed_at = 0;
      insert into task as old (id, party, customer_id, number, queue, reason, attempts, first_at,
        last_at, first_call, last_call)
      select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::int4[],
        ?::int8[], ?::int8[], ?::uuid[], ?::uuid[])
      on conflict (party, queue) where closed_at = 0 do update set
        attempts = old.attempts + excluded.attempts, reason = excluded.reason,
        last_at = greatest(old.last_at, excluded.last_at), last_call = excluded.last_call,
        number = coalesce(excluded.number, old.number)
      """;

  private FlushText() {}

  /** The text with these optional parts. */
  static String of(int parts) {
    return JOURNAL
        + ((parts & PEOPLE) != 0 ? AGENTS_AND_OFFERS : "")
        + ((parts & RECORDS) != 0 ? CALLS_AND_SEGMENTS : "")
        + ((parts & REST) != 0 ? RECORDINGS_AND_TASKS : "");
  }
}
