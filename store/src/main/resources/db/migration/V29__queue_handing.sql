-- How long callers of a queue stay parked, and whose they are when an agent drops out of a consultation.
alter table queue
  add column park_seconds int not null default 120 check (park_seconds between 30 and 3600),
  add column drop_out text not null default 'COMPLETE' check (drop_out in ('COMPLETE', 'BACK'));
