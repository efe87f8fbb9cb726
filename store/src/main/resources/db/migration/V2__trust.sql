-- Who may sign in, keys of programs, and the audit trail. Times are microseconds UTC.

create table app_user (
  id                    uuid primary key,
  username              text    not null unique check (username = lower(username)),
  display_name          text    not null,
  role                  text    not null check (role in ('AGENT', 'SUPERVISOR', 'ADMINISTRATOR', 'INTEGRATION')),
  grants                text[]  not null default '{}',
  active                boolean not null,
  password_hash         text    not null,
  must_change_password  boolean not null,
  switch_id             text,
  phone_address         text,
  phone_kind            text    check (phone_kind in ('BROWSER', 'SIP', 'VIRTUAL')),
  created_at            bigint  not null,
  check ((switch_id is null) = (phone_address is null)),
  check ((switch_id is null) = (phone_kind is null))
);

-- Two users at one device: nobody could tell who is talking.
create unique index app_user_phone on app_user (switch_id, phone_address) where switch_id is not null;

create table api_key (
  id            uuid primary key,
  name          text   not null,
  role          text   not null,
  secret_hash   bytea  not null check (octet_length(secret_hash) = 32),
  created_at    bigint not null,
  last_used_at  bigint not null default 0,
  revoked_at    bigint not null default 0
);

-- The audit trail. Numbered without gaps within a shard; hash covers the row and the hash before it.
-- details: keys and values in turn.
create table audit_entry (
  shard        integer not null,
  n            bigint  not null,
  at           bigint  not null,
  who          text    not null,
  what         text    not null,
  subject      text    not null,
  outcome      text    not null,
  correlation  text,
  details      text[]  not null,
  hash         bytea   not null,
  primary key (shard, n)
);

create index audit_entry_at on audit_entry using brin (at);

-- Anchors all shards into one chain: where each stood, and with which hash.
create table audit_seal (
  n            bigint primary key,
  at           bigint    not null,
  head_shards  integer[] not null,
  head_ns      bigint[]  not null,
  head_hashes  bytea[]   not null,
  hash         bytea     not null
);

-- Keeps mistakes of ours away. Whoever owns the tables can take it away: that is what the hashes are for.
create function audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is never changed' using errcode = 'CB010';
end $$;

create trigger audit_entry_kept before update or delete or truncate on audit_entry
  for each statement execute function audit_is_kept();
create trigger audit_seal_kept before update or delete or truncate on audit_seal
  for each statement execute function audit_is_kept();

revoke all on audit_entry, audit_seal from public;
