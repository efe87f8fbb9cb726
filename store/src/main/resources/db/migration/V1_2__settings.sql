-- What an administrator sets up. Agents are users (app_user); here they are named by id only.

create table queue (
  id     text primary key,
  label  text not null
);

create table queue_member (
  queue_id  text not null references queue (id) on delete cascade,
  agent_id  uuid not null,
  primary key (queue_id, agent_id)
);

create table phone_line (
  did                    text primary key,
  label                  text    not null,
  queue_id               text    not null references queue (id),
  waiting                text    not null check (waiting in ('RINGING', 'MUSIC')),
  announcement_version   text,
  announcement_language  text,
  announcement_text      text,
  recorded               boolean not null,
  ring_seconds           integer not null check (ring_seconds between 1 and 600),
  wrap_up_seconds        integer not null check (wrap_up_seconds between 0 and 86400),
  rejoin_seconds         integer not null check (rejoin_seconds between 0 and 3600),
  max_wait_seconds       integer not null check (max_wait_seconds between 1 and 86400),
  sorry_version          text,
  sorry_language         text,
  sorry_text             text,
  check (not recorded or announcement_text is not null),
  check ((announcement_text is null) = (announcement_version is null)),
  check ((announcement_text is null) = (announcement_language is null)),
  check ((sorry_text is null) = (sorry_version is null)),
  check ((sorry_text is null) = (sorry_language is null))
);

create table disposition (
  code      text primary key,
  label_zh  text    not null,
  label_en  text    not null,
  position  integer not null unique
);
