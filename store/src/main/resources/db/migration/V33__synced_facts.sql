-- Orders, service records, tasks and leads in step with other systems. Times are microseconds UTC.

-- id: under which other systems know it; given when the first of them wants to have it, so that nothing that stands
-- is written anew here. changed_at: 0 until it was changed or handed in.
alter table sales_order add column id uuid, add column changed_at bigint not null default 0;
alter table service_record add column id uuid, add column changed_at bigint not null default 0;
create unique index sales_order_id on sales_order (id) where id is not null;
create unique index service_record_id on service_record (id) where id is not null;

-- What a customer may buy. by: who made it, as the audit names them.
create table lead (
  id           uuid   primary key,
  customer_id  uuid   not null references customer (id),
  title        text   not null,
  state        text   not null,
  number       text   not null,
  notes        text   not null,
  created_at   bigint not null,
  changed_at   bigint not null,
  by           text   not null
);

create index lead_customer on lead (customer_id, created_at desc, id);

-- Records of theirs whose customer we do not know yet. customer: their id of it.
create table sync_waiting (
  crm       text   not null,
  kind      text   not null,
  theirs    text   not null,
  customer  text   not null,
  at        bigint not null,
  primary key (crm, kind, theirs)
);

create index sync_waiting_customer on sync_waiting (crm, customer);

-- These customers of theirs are known now: what waited for them is taken over.
create function sync_arrived(of_crm text, customers text[]) returns void language sql as $$
  with gone as (
    delete from sync_waiting where crm = of_crm and customer = any (customers) returning kind, theirs)
  insert into sync_outbox (kind, id, crm, hook, due_at)
    select kind, theirs, of_crm, true, (extract(epoch from clock_timestamp()) * 1000000)::bigint from gone
$$;

create function sync_wanted(record_kind text) returns boolean language sql stable as $$
  select exists (select 1 from crm where state = 'ON' and record_kind = any (kinds))
$$;

create function sync_orders_made() returns trigger language plpgsql as $$
declare
  fresh text[];
begin
  if sync_wanted('order') then
    with given as (
      update sales_order o
        set id = gen_random_uuid(), changed_at = (extract(epoch from clock_timestamp()) * 1000000)::bigint
        from rows r
        where o.customer_id = r.customer_id and o.at = r.at and o.number = r.number and o.id is null
        returning o.id)
    select array_agg(id::text) into fresh from given;
    perform sync_mark('order', coalesce(fresh, '{}') || coalesce(array_agg(id::text), '{}'), null, 0)
      from rows where id is not null;
  end if;
  return null;
end $$;

create function sync_orders_changed() returns trigger language plpgsql as $$
begin
  if sync_wanted('order') then
    perform sync_mark('order', coalesce(array_agg(r.id::text), '{}'), null, 0) from rows r join stale s on s.id = r.id;
  end if;
  return null;
end $$;

create trigger sync_order_made after insert on sales_order
  referencing new table as rows for each statement execute function sync_orders_made();
create trigger sync_order_changed after update on sales_order
  referencing old table as stale new table as rows for each statement execute function sync_orders_changed();

create function sync_tickets_made() returns trigger language plpgsql as $$
declare
  fresh text[];
begin
  if sync_wanted('ticket') then
    with given as (
      update service_record o
        set id = gen_random_uuid(), changed_at = (extract(epoch from clock_timestamp()) * 1000000)::bigint
        from rows r
        where o.customer_id = r.customer_id and o.opened_at = r.opened_at and o.number = r.number and o.id is null
        returning o.id)
    select array_agg(id::text) into fresh from given;
    perform sync_mark('ticket', coalesce(fresh, '{}') || coalesce(array_agg(id::text), '{}'), null, 0)
      from rows where id is not null;
  end if;
  return null;
end $$;

create function sync_tickets_changed() returns trigger language plpgsql as $$
begin
  if sync_wanted('ticket') then
    perform sync_mark('ticket', coalesce(array_agg(r.id::text), '{}'), null, 0) from rows r join stale s on s.id = r.id;
  end if;
  return null;
end $$;

create trigger sync_ticket_made after insert on service_record
  referencing new table as rows for each statement execute function sync_tickets_made();
create trigger sync_ticket_changed after update on service_record
  referencing old table as stale new table as rows for each statement execute function sync_tickets_changed();

-- what a call only counts up is told to nobody
create function sync_tasks() returns trigger language plpgsql as $$
begin
  if not sync_wanted('task') then
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform sync_mark('task', coalesce(array_agg(id::text), '{}'), null, 0)
      from rows where customer_id is not null and closed_at = 0;
  else
    perform sync_mark('task', coalesce(array_agg(r.id::text), '{}'), null, 0)
      from rows r join stale s on s.id = r.id
      where (r.customer_id, r.closed_at, r.due_at, r.taken_by)
        is distinct from (s.customer_id, s.closed_at, s.due_at, s.taken_by);
  end if;
  return null;
end $$;

create trigger sync_task_made after insert on task
  referencing new table as rows for each statement execute function sync_tasks();
create trigger sync_task_changed after update on task
  referencing old table as stale new table as rows for each statement execute function sync_tasks();

create function sync_leads() returns trigger language plpgsql as $$
begin
  if sync_wanted('lead') then
    perform sync_mark('lead', coalesce(array_agg(id::text), '{}'), null, 0) from rows;
  end if;
  return null;
end $$;

create trigger sync_lead_made after insert on lead
  referencing new table as rows for each statement execute function sync_leads();
create trigger sync_lead_changed after update on lead
  referencing new table as rows for each statement execute function sync_leads();

-- Who was merged, or is no more, has their records stand at somebody else.
create function sync_merged() returns trigger language plpgsql as $$
declare
  moved uuid[];
begin
  if exists (select 1 from crm where state = 'ON') then
    select array_agg(r.id) into moved
      from rows r join stale s on s.id = r.id where r.merged_into is distinct from s.merged_into;
    if moved is not null then
      perform sync_mark(k.kind, array_agg(k.id), null, 0) from (
        select 'order', id::text from sales_order where customer_id = any (moved) and id is not null
        union all
        select 'ticket', id::text from service_record where customer_id = any (moved) and id is not null
        union all
        select 'lead', id::text from lead where customer_id = any (moved)
        union all
        select 'task', id::text from task where customer_id = any (moved) and closed_at = 0) k (kind, id)
        group by k.kind;
    end if;
  end if;
  return null;
end $$;

create trigger sync_customer_merged after update on customer
  referencing old table as stale new table as rows for each statement execute function sync_merged();
