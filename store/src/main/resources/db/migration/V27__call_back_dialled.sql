-- How often we called and did not reach them, and what became of the last time. given: the ledger holds it for the
-- agent to whom it offers the call-back; nobody chose it.
alter table task
  add column tries integer not null default 0,
  add column last_try text,
  add column given boolean not null default false;

-- How often who kept their place is called, and how far apart.
alter table queue
  add column call_back_tries integer not null default 3 check (call_back_tries between 1 and 10),
  add column call_back_minutes integer not null default 15 check (call_back_minutes between 1 and 120);
