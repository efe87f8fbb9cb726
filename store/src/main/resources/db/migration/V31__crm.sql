-- Systems that are joined to us, and what we and they agree on. Times are microseconds UTC.

-- file: as it was given. settings: what stands in no file, sealed with the key of the data directory.
-- kinds: of which records a change here is sent there.
create table crm (
  name        text    primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  adapter     text    not null,
  file        text    not null,
  settings    bytea   not null,
  internal    boolean not null,
  state       text    not null check (state in ('ON', 'OFF')),
  kinds       text[]  not null,
  version     bigint  not null,
  changed_at  bigint  not null,
  changed_by  text    not null
);

-- Every mapping that ever was; the newest of a kind counts.
create table crm_mapping (
  crm      text   not null references crm (name) on delete cascade,
  kind     text   not null,
  version  bigint not null,
  at       bigint not null,
  by       text   not null,
  rules    text   not null,
  primary key (crm, kind, version)
);

-- ref: under which their record is found. agreed: what both had when they were compared last, as JSON.
-- customer: ours to whom their record belongs; empty of a customer.
create table sync_link (
  crm        text   not null,
  kind       text   not null,
  ours       text   not null,
  ref        text   not null,
  theirs     text   not null,
  version    text   not null,
  agreed     text   not null,
  customer   text   not null,
  state      text   not null check (state in ('LIVE', 'GONE_THERE', 'REMOVED', 'LEFT_OVER')),
  rev        bigint not null,
  at         bigint not null,
  primary key (crm, kind, ours)
) with (fillfactor = 80);

create unique index sync_link_theirs on sync_link (crm, kind, theirs) where theirs <> '';

create table sync_position (
  crm     text   not null,
  kind    text   not null,
  cursor  text   not null,
  rev     bigint not null,
  at      bigint not null,
  primary key (crm, kind)
);

-- Both sides had changed a field: what one of them lost. Nothing here is ever changed.
create table sync_clash (
  id         bigint  generated always as identity primary key,
  crm        text    not null,
  kind       text    not null,
  ours       text    not null,
  field      text    not null,
  at         bigint  not null,
  ours_lost  boolean not null,
  lost       text    not null,
  stands     text    not null
);

create index sync_clash_ours on sync_clash (kind, ours, id);

-- one dead system must not make the others' work hard to find
drop index work_lane_due;
create index work_lane_due on work_lane (kind, due_at) where not parked;

-- rows of work come and go by the thousand a second: what is dead has to be swept while it is little
alter table work_lane set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
alter table work_item set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

create sequence sync_mark_number;

-- Records that are to be sent, or of theirs to be taken over (hook). Only written to by the change itself, which may be the
-- ledger's: no lock is asked for there that anybody else may hold. crm: null for whoever wants it.
create table sync_outbox (
  n       bigint  generated always as identity primary key,
  kind    text    not null,
  id      text    not null,
  crm     text,
  hook    boolean not null,
  due_at  bigint  not null
);

alter table sync_outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- A record of ours is to be sent to everybody who wants its kind.
create function sync_mark(record_kind text, ids text[], only_crm text, after_micros bigint) returns void
language plpgsql as $$
begin
  if ids = '{}' or not exists (
      select 1 from crm where state = 'ON' and record_kind = any (kinds) and (only_crm is null or name = only_crm)) then
    return;
  end if;
  insert into sync_outbox (kind, id, crm, hook, due_at)
    select distinct record_kind, i.id, only_crm, false,
        (extract(epoch from clock_timestamp()) * 1000000)::bigint + after_micros
      from unnest(ids) i (id);
end $$;

-- What was marked becomes work, in a transaction of its own; returns how many marks that were. Work that was not begun
-- yet will see the change too: its lane is locked here, and whoever begins it locks the lane before. Work that failed
-- before is tried anew: what made it fail may have been changed.
create function sync_hand_in(most integer) returns integer language plpgsql as $$
declare
  marks sync_outbox[];
  lanes bigint[];
  instant bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
begin
  with taken as (
    delete from sync_outbox where n = any (array(
      select n from sync_outbox order by n limit most for update skip locked)) returning *)
  select array_agg(t) into marks from taken t;
  if marks is null then
    return 0;
  end if;
  with input as (
    select case when m.hook then 'crm-hook:' else 'crm:' end || c.name as kind, m.kind || ':' || m.id as key,
        min(m.due_at) as due_at
      from unnest(marks) m join crm c
        on c.state = 'ON' and m.kind = any (c.kinds) and (m.crm is null or m.crm = c.name)
      group by 1, 2),
  lane as (
    insert into work_lane as l (kind, key, due_at)
      select kind, key, due_at from input order by kind, key
      on conflict (kind, key) do update set key = excluded.key
      returning id)
  select array_agg(id) into lanes from lane;
  with failed as (
    select l.id, h.id as item from work_lane l cross join lateral (
        select w.id, w.state, w.attempt from work_item w where w.lane = l.id and w.state in ('OPEN', 'DEAD')
          order by w.id limit 1) h
      where l.id = any (lanes) and l.token = 0 and (h.state = 'DEAD' or h.attempt > 0)),
  opened as (
    update work_item w set state = 'OPEN', attempt = 0, due_at = instant, settled_at = 0
      from failed f where w.id = f.item)
  update work_lane l set due_at = instant, parked = false from failed f where l.id = f.id;
  insert into work_item (lane, kind, key, idempotency, payload, due_at, created_at)
    select l.id, l.kind, l.key, l.key || '#' || nextval('sync_mark_number'), '', i.due_at, instant
      from work_lane l
      -- not the lane's own time: while it is held, that is the end of the lease
      join (
        select m.hook, m.kind || ':' || m.id as key, min(m.due_at) as due_at from unnest(marks) m group by 1, 2) i
        on i.key = l.key and i.hook = (l.kind like 'crm-hook:%')
      where l.id = any (lanes)
        and not exists (
          select 1 from work_item w where w.lane = l.id and w.state = 'OPEN' and w.attempt = 0);
  return array_length(marks, 1);
end $$;

create function sync_customers() returns trigger language plpgsql as $$
begin
  if exists (select 1 from crm where state = 'ON') then
    perform sync_mark('customer', coalesce(array_agg(id), '{}'), null, 0) from (
      select id::text from rows
      union
      select merged_into::text from rows where merged_into is not null) changed (id);
  end if;
  return null;
end $$;

create trigger sync_customer_made after insert on customer
  referencing new table as rows for each statement execute function sync_customers();
create trigger sync_customer_changed after update on customer
  referencing new table as rows for each statement execute function sync_customers();

create function sync_owners() returns trigger language plpgsql as $$
begin
  if exists (select 1 from crm where state = 'ON') then
    perform sync_mark('customer', coalesce(array_agg(distinct coalesce(c.merged_into, c.id)::text), '{}'), null, 0)
      from rows r join customer c on c.id = r.customer_id;
  end if;
  return null;
end $$;

create trigger sync_identity_made after insert on identity
  referencing new table as rows for each statement execute function sync_owners();
create trigger sync_identity_changed after update on identity
  referencing new table as rows for each statement execute function sync_owners();
create trigger sync_tag_made after insert on tag
  referencing new table as rows for each statement execute function sync_owners();
create trigger sync_tag_gone after delete on tag
  referencing old table as rows for each statement execute function sync_owners();

create function sync_calls() returns trigger language plpgsql as $$
begin
  if exists (select 1 from crm where state = 'ON') then
    perform sync_mark('interaction', coalesce(array_agg(distinct r.call_id::text), '{}'), null, 0)
      from rows r where exists (select 1 from call_record c where c.call_id = r.call_id and c.ended_at > 0);
  end if;
  return null;
end $$;

create trigger sync_call_made after insert on call_record
  referencing new table as rows for each statement execute function sync_calls();
create trigger sync_call_changed after update on call_record
  referencing new table as rows for each statement execute function sync_calls();
create trigger sync_recording_changed after update on recording
  referencing new table as rows for each statement execute function sync_calls();

-- while somebody types, not every letter is sent
create function sync_notes() returns trigger language plpgsql as $$
begin
  if exists (select 1 from crm where state = 'ON') then
    perform sync_mark('interaction', coalesce(array_agg(distinct r.call_id::text), '{}'), null, 1000000)
      from rows r where exists (select 1 from call_record c where c.call_id = r.call_id and c.ended_at > 0);
  end if;
  return null;
end $$;

create trigger sync_note_made after insert on segment_note
  referencing new table as rows for each statement execute function sync_notes();
create trigger sync_note_changed after update on segment_note
  referencing new table as rows for each statement execute function sync_notes();
