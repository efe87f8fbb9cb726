-- The customer's file: search, edits with their history, links of identities, merges, tasks, incidents.
create extension if not exists pg_trgm;

-- A name as it is searched: small letters, each word after a blank, and every Chinese, Japanese or
-- Korean character three times, so that one or two of them are enough for a trigram.
create function search_text(name text) returns text language sql immutable parallel safe as $$
  select ' ' || regexp_replace(lower(name), '([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])', '\1\1\1', 'g')
$$;

drop index customer_name;
create index customer_search on customer using gin (search_text(name) gin_trgm_ops);
create index identity_search on identity using gin (value gin_trgm_ops) where until = 0;
create index sales_order_number on sales_order (lower(number) text_pattern_ops);
create index sales_order_ending on sales_order (reverse(lower(number)) text_pattern_ops);
create index service_record_number on service_record (lower(number) text_pattern_ops);
create index service_record_ending on service_record (reverse(lower(number)) text_pattern_ops);

-- Who said that a value is, or is not, a customer's. The rows of identity follow from what stands here.
-- Imported rows that nobody ever said anything about have no link: they are adopted when somebody does.
create table identity_link (
  id           uuid primary key,
  customer_id  uuid   not null references customer (id),
  kind         text   not null,
  value        text   not null,
  source       text   not null check (source in ('IMPORTED', 'ENTERED', 'CONFIRMED', 'CORRECTED')),
  at           bigint not null,
  by           text   not null,
  closed_at    bigint not null default 0,
  closed_by    text
);

create index identity_link_customer on identity_link (customer_id, value);

alter table identity add column adopted boolean not null default false;
update identity set confirmed_by = linked_by where confirmed_at > 0 and confirmed_by is null;
alter table identity add check (confirmed_at = 0 or confirmed_by is not null);
create index identity_every on identity (customer_id, value);

create index merge_link_absorbed on merge_link (absorbed);
drop index merge_link_survivor;
create index merge_link_survivor on merge_link (survivor);

-- One field, one change. Nothing here is ever changed; the values of protected fields are protected too.
create table customer_change (
  id           uuid primary key,
  customer_id  uuid    not null references customer (id),
  at           bigint  not null,
  by           text    not null,
  field        text    not null,
  before       text,
  after        text,
  protected    boolean not null
);

create index customer_change_newest on customer_change (customer_id, at desc, id desc);

-- merged_party: the survivor under whom the task is found while its customer is merged.
alter table task
  add column due_at bigint,
  add column taken_by uuid,
  add column taken_at bigint not null default 0,
  add column merged_party text;

create index task_due on task ((coalesce(due_at, first_at + 1800000000)), id) where closed_at = 0;
create index task_customer on task (customer_id) where customer_id is not null;
create index task_merged on task (merged_party, queue) where closed_at = 0 and merged_party is not null;

-- Something of one customer's stood in the file of another, or was shown to them.
create table privacy_incident (
  id             uuid primary key,
  at             bigint not null,
  kind           text   not null,
  wrong_id       uuid   not null,
  right_id       uuid   not null,
  fact           text   not null,
  fact_id        text   not null,
  written_at     bigint not null,
  reported_by    text   not null,
  closed_at      bigint not null default 0,
  closed_by      text,
  measure        text
);

create index privacy_incident_newest on privacy_incident (at desc, id desc);
