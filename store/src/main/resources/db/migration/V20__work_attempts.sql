-- What came of an item's failed attempts, for people to read: the last twenty of each, and no more.
create table work_attempt (
  item     bigint   not null references work_item on delete cascade,
  slot     smallint not null,
  attempt  integer  not null,
  at       bigint   not null,
  in_doubt boolean  not null,
  reason   text     not null,
  primary key (item, slot)
);
