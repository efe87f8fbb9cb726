-- Durable work. A lane is all open work of one kind and key: it is done in order, so whoever holds the
-- lane holds its first item. Times are microseconds UTC.

-- Over all lanes and for ever: a lane that comes back must not begin again with an old token.
create sequence work_token;

-- due_at: of the first item; while the lane is held, the end of the lease.
-- parked: the first item is a dead letter.
create table work_lane (
  id      bigint generated always as identity primary key,
  kind    text    not null,
  key     text    not null,
  due_at  bigint  not null,
  token   bigint  not null default 0,
  parked  boolean not null default false,
  unique (kind, key)
) with (fillfactor = 70);

create index work_lane_due on work_lane (due_at) where not parked;

-- state: OPEN, DONE, DEAD, DISMISSED.
-- in_doubt: an attempt began, and nobody knows (yet) whether it had its effect.
create table work_item (
  id          bigint generated always as identity primary key,
  lane        bigint   not null,
  kind        text     not null,
  key         text     not null,
  idempotency text     not null,
  payload     text     not null,
  state       text     not null default 'OPEN',
  due_at      bigint   not null,
  attempt     integer  not null default 0,
  in_doubt    boolean  not null default false,
  reason      text,
  created_at  bigint   not null,
  settled_at  bigint   not null default 0,
  unique (kind, idempotency)
) with (fillfactor = 70);

create index work_item_open on work_item (lane, id) where state in ('OPEN', 'DEAD');
create index work_item_dead on work_item (id) where state = 'DEAD';
create index work_item_settled on work_item (settled_at) where state in ('DONE', 'DISMISSED');
