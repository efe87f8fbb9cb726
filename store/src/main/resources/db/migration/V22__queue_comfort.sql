-- How often waiting callers are told their place and the expected wait; 0 for never.
alter table queue add column announce_seconds integer not null default 0
  check (announce_seconds = 0 or announce_seconds between 15 and 3600);
