-- The ledger: its journal, and the rows that others must see.
-- Times are microseconds UTC; 0 means that it did not happen. No foreign keys here: the ledger writes
-- what happened, whatever became of the customer or the agent since.

-- One domain event. The key begins with the time: a random key would dirty one page an event, and the
-- partitions need the time in it anyway. n is the order in which the events were applied.
create table journal (
  at       bigint   not null,
  h        bigint   not null,
  n        bigint   not null,
  call_id  uuid     not null,
  type     smallint not null,
  body     bytea    not null,
  primary key (at, h)
) partition by range (at);

-- Takes what lies outside the days that are made ahead: a switch with a wrong clock must not stop us.
create table journal_default partition of journal default;

-- Where the writer of a shard is: the fence against a second one, and the answer after a commit in doubt.
-- writer: who took over last; epoch: its latest connection, so that what an earlier one left behind on
-- the server cannot be carried out any more.
create table writer_pos (
  shard        smallint primary key,
  writer       uuid   not null,
  epoch        bigint not null,
  n            bigint not null,
  oldest_live  bigint not null
) with (fillfactor = 50);

create table agent_state (
  agent_id  uuid primary key,
  state     text   not null,
  reason    text,
  since     bigint not null,
  call_id   uuid
) with (fillfactor = 50);

-- A call held out to one agent. holds: it takes the agent's capacity.
create table offer (
  call_id   uuid    not null,
  n         integer not null,
  agent_id  uuid    not null,
  queue     text    not null,
  at        bigint  not null,
  deadline  bigint  not null,
  state     text    not null,
  holds     boolean not null,
  primary key (call_id, n)
) with (fillfactor = 70);

-- An agent's capacity: taken in the same transaction as the offer, whoever writes it.
create unique index offer_one_an_agent on offer (agent_id) where holds;

create table call_record (
  call_id           uuid primary key,
  customer_id       uuid,
  match_state       text     not null,
  number            text,
  withheld          boolean  not null,
  direction         text     not null default 'in',
  line              text     not null,
  queue             text,
  switch_id         text     not null,
  channel           text     not null,
  sip_call_id       text,
  linked_id         text,
  trunk             text     not null,
  controlled        boolean  not null,
  arrived_at        bigint   not null,
  answered_at       bigint   not null,
  ended_at          bigint   not null,
  outcome           text     not null,
  cause_side        text     not null,
  cause_q850        integer  not null,
  cause_sip         integer  not null,
  cause_text        text     not null,
  wait_millis       bigint   not null,
  talk_millis       bigint   not null,
  approximate_from  bigint   not null,
  approximate_to    bigint   not null,
  agent_id          uuid,
  disposition       text,
  verified_at       bigint   not null,
  verified_by       text,
  announcement      text,
  announced_at      bigint   not null
) with (fillfactor = 80);

create index call_record_customer on call_record (customer_id, arrived_at) where customer_id is not null;
create index call_record_number on call_record (number, customer_id, arrived_at) where number is not null;

create table segment (
  call_id        uuid    not null,
  n              integer not null,
  agent_id       uuid    not null,
  offered_at     bigint  not null,
  answered_at    bigint  not null,
  ended_at       bigint  not null,
  wrapped_up_at  bigint  not null,
  outcome        text    not null,
  disposition    text,
  primary key (call_id, n)
) with (fillfactor = 80);

-- state: WRITING, ON_SWITCH, PARTIAL come from the ledger; STORED and LOST from who fetches the file,
-- together with the columns from sha256 on. The ledger never overwrites those.
create table recording (
  name             text primary key,
  call_id          uuid    not null,
  segment          integer not null,
  switch_id        text    not null,
  started_at       bigint  not null,
  ended_at         bigint  not null,
  state            text    not null,
  announcement     text,
  sha256           bytea,
  path             text,
  duration_millis  bigint  not null default 0,
  bytes            bigint  not null default 0,
  fetched_at       bigint  not null default 0,
  alarm            text
) with (fillfactor = 80);

create index recording_call on recording (call_id);
create index recording_to_fetch on recording (started_at) where state in ('ON_SWITCH', 'PARTIAL');

-- One agent's notes on a call, saved as they are typed. A save names the revision it was based on.
create table segment_note (
  call_id     uuid   not null,
  agent_id    uuid   not null,
  text        text   not null,
  revision    bigint not null,
  updated_at  bigint not null,
  primary key (call_id, agent_id)
) with (fillfactor = 50);

-- Call somebody back. party: the customer's id, or the number while nobody knows whose it is.
create table task (
  id              uuid primary key,
  party           text    not null,
  customer_id     uuid,
  number          text,
  queue           text    not null,
  reason          text    not null,
  attempts        integer not null,
  first_at        bigint  not null,
  last_at         bigint  not null,
  first_call      uuid    not null,
  last_call       uuid    not null,
  closed_at       bigint  not null default 0,
  closed_by_call  uuid,
  closed_by       text
) with (fillfactor = 70);

create unique index task_one_open on task (party, queue) where closed_at = 0;
create index task_open on task (first_at, id) where closed_at = 0;

-- Told apart from every other failure of a flush by its code; see JdbcLedgerStore.
create function flush_fenced() returns integer language plpgsql volatile as $$
begin
  raise exception 'the position is not where this writer left it' using errcode = 'CB001';
end $$;
