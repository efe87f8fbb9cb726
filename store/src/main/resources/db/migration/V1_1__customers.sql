-- Customers and what belongs to them. Times are microseconds UTC; 0 means open, or never.

-- merged_into and absorbed follow from the open merge links and are derived anew on a merge and on its
-- undo: the one survivor, and on the survivor everybody who was merged into it.
create table customer (
  id           uuid primary key,
  version      bigint  not null default 1,
  kind         text    not null check (kind in ('PERSON', 'COMPANY')),
  name         text    not null,
  language     text    not null,
  level        text    not null check (level in ('STANDARD', 'SILVER', 'GOLD', 'PLATINUM')),
  since        date    not null,
  demo         boolean not null default false,
  merged_into  uuid    references customer (id),
  absorbed     uuid[]
);

create index customer_name on customer (lower(name) text_pattern_ops);

-- A number, e-mail or foreign id points to a customer from since until until. Several customers may have
-- the same one. A link is closed, never deleted: it says who believed what, and when.
create table identity (
  id            uuid primary key,
  customer_id   uuid   not null references customer (id),
  kind          text   not null,
  value         text   not null,
  since         bigint not null,
  until         bigint not null default 0,
  linked_by     text   not null,
  closed_by     text,
  confirmed_at  bigint not null default 0,
  confirmed_by  text
);

create unique index identity_open on identity (value text_pattern_ops, customer_id) where until = 0;
create index identity_customer on identity (customer_id) where until = 0;

-- Two entries turned out to be one customer. Nothing is moved: undoing closes the link.
create table merge_link (
  id         uuid primary key,
  survivor   uuid   not null references customer (id),
  absorbed   uuid   not null references customer (id),
  since      bigint not null,
  until      bigint not null default 0,
  linked_by  text   not null,
  closed_by  text,
  reason     text   not null,
  check (survivor <> absorbed)
);

create unique index merge_link_open on merge_link (absorbed) where until = 0;
create index merge_link_survivor on merge_link (survivor) where until = 0;

create table sales_order (
  customer_id   uuid   not null references customer (id),
  at            bigint not null,
  number        text   not null,
  title         text   not null,
  amount_minor  bigint not null,
  currency      text   not null check (currency ~ '^[A-Z]{3}$'),
  state         text   not null,
  primary key (customer_id, at, number)
);

create table service_record (
  customer_id  uuid   not null references customer (id),
  opened_at    bigint not null,
  number       text   not null,
  closed_at    bigint not null default 0,
  title        text   not null,
  state        text   not null,
  primary key (customer_id, opened_at, number)
);

create index service_record_open on service_record (customer_id, opened_at) where closed_at = 0;

create table tag (
  customer_id  uuid   not null references customer (id),
  name         text   not null,
  since        bigint not null,
  tagged_by    text   not null,
  primary key (customer_id, name)
);

-- Fields that stay masked until the caller is verified. name is a code, such as birth-date.
create table sensitive_field (
  customer_id  uuid not null references customer (id),
  name         text not null,
  value        text not null,
  primary key (customer_id, name)
);

-- What a customer agreed to or refused; the newest of a kind counts.
create table consent (
  customer_id   uuid    not null references customer (id),
  kind          text    not null,
  at            bigint  not null,
  granted       boolean not null,
  text_version  text    not null,
  recorded_by   text    not null,
  call_id       uuid,
  primary key (customer_id, kind, at)
);
