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
      insert into journal (%1$s) select %1$s from unnest(?::journal[])
      """
          .formatted(FlushTables.JOURNAL.columns());

  private static final String AGENTS_AND_OFFERS =
      """
      ;
      insert into agent_state as old (%1$s) select %1$s from unnest(?::agent_state[])
      on conflict (agent_id) do update set %2$s;
      insert into offer as old (%3$s) select %3$s from unnest(?::offer[])
      on conflict (call_id, n) do update set state = excluded.state, holds = excluded.holds
      """
          .formatted(
              FlushTables.AGENTS.columns(),
              FlushTables.AGENTS.excludedBut("agent_id"),
              FlushTables.OFFERS.columns());

  private static final String CALLS_AND_SEGMENTS =
      """
      ;
      insert into call_record as old (%1$s) select %1$s from unnest(?::call_record[])
      on conflict (call_id) do update set %2$s;
      insert into segment as old (%3$s) select %3$s from unnest(?::segment[])
      on conflict (call_id, n) do update set %4$s
      """
          .formatted(
              FlushTables.CALLS.columns(),
              FlushTables.CALLS.excludedBut("call_id", "direction"),
              FlushTables.SEGMENTS.columns(),
              FlushTables.SEGMENTS.excludedBut("call_id", "n"));

  // what the fetcher found out about a recording is not the ledger's to change
  private static final String RECORDINGS_AND_TASKS =
      """
      ;
      insert into recording as old (%1$s) select %1$s from unnest(?::recording[])
      on conflict (name) do update set
        started_at = excluded.started_at, ended_at = excluded.ended_at,
        announcement = excluded.announcement, silent = excluded.silent,
        state = case when old.state in ('STORED', 'LOST') then old.state else excluded.state end;
      with s (party, queue, at, call) as materialized (
        select party, queue, closed_at, closed_by_call from unnest(?::task[])),
      own as (
        update task set closed_at = s.at, closed_by_call = s.call from s
        where task.party = s.party and task.queue = s.queue and task.closed_at = 0)
      update task set closed_at = s.at, closed_by_call = s.call from s
      where task.merged_party = s.party and task.queue = s.queue and task.closed_at = 0;
      with s (party, queue, tries, last_try, due_at) as materialized (
        select party, queue, tries, last_try, due_at from unnest(?::task[]))
      update task set tries = task.tries + s.tries, last_try = coalesce(s.last_try, task.last_try),
        due_at = case when s.due_at > 0 then s.due_at else task.due_at end,
        taken_by = case when given then null else taken_by end,
        taken_at = case when given then 0 else taken_at end, given = false
      from s where s.party in (task.party, task.merged_party) and task.queue = s.queue and task.closed_at = 0;
      insert into task as old (%2$s) select %2$s from unnest(?::task[])
      on conflict (party, queue) where closed_at = 0 do update set
        attempts = old.attempts + excluded.attempts, reason = excluded.reason,
        last_at = greatest(old.last_at, excluded.last_at), last_call = excluded.last_call,
        number = coalesce(excluded.number, old.number),
        message_call = coalesce(excluded.message_call, old.message_call)
      """
          .formatted(FlushTables.RECORDINGS.columns(), FlushTables.OPENINGS.columns());

  private FlushText() {}

  /** The text with these optional parts. */
  static String of(int parts) {
    return JOURNAL
        + ((parts & PEOPLE) != 0 ? AGENTS_AND_OFFERS : "")
        + ((parts & RECORDS) != 0 ? CALLS_AND_SEGMENTS : "")
        + ((parts & REST) != 0 ? RECORDINGS_AND_TASKS : "");
  }
}
