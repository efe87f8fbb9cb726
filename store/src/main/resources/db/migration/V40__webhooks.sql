-- Who is told of what happens here, and what is to be told. Times are microseconds UTC; 0 means never.

-- off_why: why it was switched off by us; null where a person did.
-- failing_since: when the failures in a row began.
create table webhook_endpoint (
  id               uuid primary key,
  url              text    not null,
  description      text    not null,
  events           text[]  not null,
  form             text    not null check (form in ('THIN', 'FULL')),
  active           boolean not null,
  created_at       bigint  not null,
  last_success_at  bigint  not null default 0,
  last_failure_at  bigint  not null default 0,
  failing_since    bigint  not null default 0,
  failures         integer not null default 0,
  last_failure     text,
  off_at           bigint  not null default 0,
  off_why          text
) with (fillfactor = 50);

-- until: 0 for the one in use, else how long an earlier one still signs too.
create table webhook_secret (
  endpoint_id  uuid   not null references webhook_endpoint (id) on delete cascade,
  made_at      bigint not null,
  secret       bytea  not null,
  until        bigint not null default 0,
  primary key (endpoint_id, made_at)
);

-- What happened: ids only, keys and values in turn. Written with the change itself by the triggers below,
-- and only while somebody is to be told. tx: one change of a thing in one transaction is told once.
create table webhook_event (
  n          bigint generated always as identity primary key,
  id         uuid   not null unique default gen_random_uuid(),
  type       text   not null,
  subject    uuid   not null,
  at         bigint not null default (extract(epoch from clock_timestamp()) * 1000000)::bigint,
  ids        text[] not null,
  handed_at  bigint not null default 0,
  tx         xid8   not null default pg_current_xact_id()
) with (fillfactor = 80);

create index webhook_event_open on webhook_event (n) where handed_at = 0;
create unique index webhook_event_once on webhook_event (subject, type, ids, tx) where handed_at = 0;
create index webhook_event_handed on webhook_event (handed_at) where handed_at <> 0;

-- One attempt to tell one endpoint of one event. status: 0 where no answer came.
create table webhook_delivery (
  id           bigint generated always as identity primary key,
  endpoint_id  uuid    not null references webhook_endpoint (id) on delete cascade,
  event_id     uuid    not null,
  type         text    not null,
  at           bigint  not null,
  attempt      integer not null,
  status       integer not null,
  millis       integer not null,
  failure      text
);

create index webhook_delivery_newest on webhook_delivery (endpoint_id, id desc);
create index webhook_delivery_at on webhook_delivery (at);

create function webhooks_wanted() returns boolean language sql stable as $$
  select exists (select 1 from webhook_endpoint where active)
$$;

-- Keys and values of those that there are.
create function webhook_ids(one text, first uuid, two text, second uuid) returns text[]
language sql immutable parallel safe as $$
  select array[one, first::text] || case when second is null then '{}' else array[two, second::text] end
$$;

-- A record that is new in this transaction was told as such.
create function webhook_calls_changed(calls uuid[]) returns void language sql as $$
  insert into webhook_event (type, subject, ids)
    select 'call.record.changed', r.call_id, webhook_ids('callId', r.call_id, 'customerId', r.customer_id)
    from call_record r
    where r.call_id = any (calls) and not exists (
      select 1 from webhook_event e
      where e.subject = r.call_id and e.type = 'call.ended' and e.tx = pg_current_xact_id()
        and e.handed_at = 0)
    on conflict do nothing
$$;

create function webhook_customers_changed(customers uuid[]) returns void language sql as $$
  insert into webhook_event (type, subject, ids)
    select 'customer.changed', c.id, webhook_ids('customerId', c.id, null, null)
    from unnest(customers) c(id)
    where not exists (
      select 1 from webhook_event e
      where e.subject = c.id and e.type = 'customer.created' and e.tx = pg_current_xact_id()
        and e.handed_at = 0)
    group by c.id
    on conflict do nothing
$$;

create function webhook_call_record() returns trigger language plpgsql as $$
begin
  if not webhooks_wanted() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into webhook_event (type, subject, ids)
      select 'call.ended', call_id, webhook_ids('callId', call_id, 'customerId', customer_id) from fresh
      on conflict do nothing;
  else
    perform webhook_calls_changed(array(
      select f.call_id from fresh f join stale s on s.call_id = f.call_id where f is distinct from s));
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on call_record
  referencing new table as fresh for each statement execute function webhook_call_record();
create trigger webhook_updated after update on call_record
  referencing old table as stale new table as fresh
  for each statement execute function webhook_call_record();

create function webhook_segment() returns trigger language plpgsql as $$
begin
  if not webhooks_wanted() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform webhook_calls_changed(array(select call_id from fresh));
  else
    perform webhook_calls_changed(array(
      select f.call_id from fresh f join stale s on s.call_id = f.call_id and s.n = f.n
      where f is distinct from s));
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on segment
  referencing new table as fresh for each statement execute function webhook_segment();
create trigger webhook_updated after update on segment
  referencing old table as stale new table as fresh
  for each statement execute function webhook_segment();

create function webhook_recording() returns trigger language plpgsql as $$
begin
  if webhooks_wanted() then
    perform webhook_calls_changed(array(
      select f.call_id from fresh f join stale s on s.name = f.name
      where (f.state, f.duration_millis, f.alarm) is distinct from (s.state, s.duration_millis, s.alarm)));
  end if;
  return null;
end $$;

create trigger webhook_updated after update on recording
  referencing old table as stale new table as fresh
  for each statement execute function webhook_recording();

create function webhook_correction() returns trigger language plpgsql as $$
begin
  if webhooks_wanted() then
    perform webhook_calls_changed(array(select call_id from fresh));
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on record_correction
  referencing new table as fresh for each statement execute function webhook_correction();

-- Every edit raises the version, also one of a tag, a number or a protected field. What a merge derives is
-- told as the merge.
create function webhook_customer() returns trigger language plpgsql as $$
begin
  if not webhooks_wanted() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into webhook_event (type, subject, ids)
      select 'customer.created', id, webhook_ids('customerId', id, null, null) from fresh
      on conflict do nothing;
  else
    perform webhook_customers_changed(array(
      select f.id from fresh f join stale s on s.id = f.id
      where (f.kind, f.name, f.language, f.level, f.since, f.version)
          is distinct from (s.kind, s.name, s.language, s.level, s.since, s.version)
        and (f.merged_into, f.absorbed) is not distinct from (s.merged_into, s.absorbed)));
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on customer
  referencing new table as fresh for each statement execute function webhook_customer();
create trigger webhook_updated after update on customer
  referencing old table as stale new table as fresh
  for each statement execute function webhook_customer();

create function webhook_consent() returns trigger language plpgsql as $$
begin
  if webhooks_wanted() then
    perform webhook_customers_changed(array(select customer_id from fresh));
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on consent
  referencing new table as fresh for each statement execute function webhook_consent();
create trigger webhook_updated after update on consent
  referencing new table as fresh for each statement execute function webhook_consent();

create function webhook_merge() returns trigger language plpgsql as $$
begin
  if not webhooks_wanted() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into webhook_event (type, subject, ids)
      select 'customer.merged', survivor,
        array['mergeId', id::text, 'customerId', survivor::text, 'absorbedId', absorbed::text]
      from fresh where until = 0
      on conflict do nothing;
  else
    insert into webhook_event (type, subject, ids)
      select 'customer.unmerged', f.survivor,
        array['mergeId', f.id::text, 'customerId', f.survivor::text, 'absorbedId', f.absorbed::text]
      from fresh f join stale s on s.id = f.id where f.until <> 0 and s.until = 0
      on conflict do nothing;
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on merge_link
  referencing new table as fresh for each statement execute function webhook_merge();
create trigger webhook_updated after update on merge_link
  referencing old table as stale new table as fresh
  for each statement execute function webhook_merge();

create function webhook_task() returns trigger language plpgsql as $$
begin
  if not webhooks_wanted() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into webhook_event (type, subject, ids)
      select 'task.opened', id,
        webhook_ids('taskId', id, 'customerId', customer_id) || array['callId', first_call::text]
      from fresh where closed_at = 0
      on conflict do nothing;
  else
    insert into webhook_event (type, subject, ids)
      select 'task.closed', f.id,
        webhook_ids('taskId', f.id, 'customerId', f.customer_id)
          || case when f.closed_by_call is null then '{}' else array['callId', f.closed_by_call::text] end
      from fresh f join stale s on s.id = f.id where f.closed_at <> 0 and s.closed_at = 0
      on conflict do nothing;
  end if;
  return null;
end $$;

create trigger webhook_inserted after insert on task
  referencing new table as fresh for each statement execute function webhook_task();
create trigger webhook_updated after update on task
  referencing old table as stale new table as fresh
  for each statement execute function webhook_task();
