-- Teams, and queues that they serve; opening hours; a queue's end.

create table team (
  id     text primary key,
  label  text not null
);

create table team_member (
  agent_id  uuid primary key,
  team_id   text not null references team (id) on delete cascade
);

create table queue_team (
  queue_id  text not null references queue (id) on delete cascade,
  team_id   text not null references team (id) on delete cascade,
  primary key (queue_id, team_id)
);

create table opening_hours (
  id     text primary key,
  label  text not null,
  zone   text not null
);

-- Minutes since midnight on the clock of the zone; day 1 is Monday.
create table opening_span (
  hours_id     text     not null references opening_hours (id) on delete cascade,
  day          smallint not null check (day between 1 and 7),
  from_minute  integer  not null check (from_minute >= 0),
  to_minute    integer  not null check (to_minute between from_minute + 1 and 1440),
  primary key (hours_id, day, from_minute, to_minute)
);

-- Dates that are otherwise; without minutes: closed.
create table opening_date (
  hours_id     text    not null references opening_hours (id) on delete cascade,
  date         date    not null,
  label        text    not null,
  from_minute  integer check (from_minute >= 0),
  to_minute    integer check (to_minute between from_minute + 1 and 1440),
  check ((from_minute is null) = (to_minute is null))
);

alter table phone_line
  add hours_id         text references opening_hours (id),
  add closed_version   text,
  add closed_language  text,
  add closed_text      text,
  add most_waiting     integer not null default 0 check (most_waiting >= 0),
  add full_version     text,
  add full_language    text,
  add full_text        text,
  add check ((closed_text is null) = (closed_version is null)),
  add check ((closed_text is null) = (closed_language is null)),
  add check ((full_text is null) = (full_version is null)),
  add check ((full_text is null) = (full_language is null));
