-- When a recording was handed to those who fetch it; set once, so that it becomes work once.
alter table recording add column handed_at bigint not null default 0;

drop index recording_to_fetch;
create index recording_to_hand on recording (ended_at)
  where handed_at = 0 and state in ('ON_SWITCH', 'PARTIAL');
create index recording_waiting on recording (name)
  where handed_at <> 0 and state in ('ON_SWITCH', 'PARTIAL');
create index recording_alarm on recording (name) where alarm is not null;
