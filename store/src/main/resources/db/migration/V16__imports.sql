-- Files that somebody brought to be loaded, and what became of them; the files themselves lie in the data
-- directory until they are loaded. Times are microseconds UTC.
create table import_job (
  id      uuid   primary key,
  kind    text   not null,
  file    text   not null,
  bytes   bigint not null,
  sha256  text   not null,
  at      bigint not null,
  by      text   not null,
  state   text   not null check (state in ('UPLOADED', 'CHECKING', 'CHECKED', 'LOADING', 'LOADED', 'REFUSED', 'FAILED')),
  read    bigint not null,
  good    bigint not null,
  known   bigint not null,
  wrong   bigint not null,
  why     text   not null
);

create index import_job_newest on import_job (at desc, id desc);
