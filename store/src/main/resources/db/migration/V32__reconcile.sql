-- Comparisons of everything with a system: what was found before anything was repaired. Times are microseconds UTC.
create table sync_report (
  id             bigint  generated always as identity primary key,
  crm            text    not null,
  began_at       bigint  not null,
  ended_at       bigint  not null default 0,
  by             text    not null,
  state          text    not null check (state in ('RUNNING', 'DONE', 'FAILED')),
  why            text,
  compared       bigint  not null default 0,
  equal          bigint  not null default 0,
  differing      bigint  not null default 0,
  missing_here   bigint  not null default 0,
  missing_there  bigint  not null default 0,
  repaired       bigint  not null default 0
);

create index sync_report_newest on sync_report (crm, id desc);

create table sync_drift (
  report  bigint not null references sync_report (id) on delete cascade,
  n       integer not null,
  kind    text   not null,
  what    text   not null,
  ours    text   not null,
  theirs  text   not null,
  fields  text[] not null,
  primary key (report, n)
);
