-- How far each switch's own records were read, and which calls it looked after without us.

create table switch_gap (
  switch_id  text   primary key,
  position   text   not null,
  calls      bigint not null default 0,
  last_at    bigint not null default 0
);

alter table call_record add column fallback boolean not null default false;
