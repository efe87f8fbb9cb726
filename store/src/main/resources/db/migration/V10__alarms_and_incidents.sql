-- What is wrong with a recording: codes with their details beside the words, and since when.
alter table recording
  add column alarm_findings text[],
  add column alarm_at bigint not null default 0;

update recording set alarm_at = greatest(fetched_at, ended_at, 1) where alarm is not null;

drop index recording_alarm;
create index recording_alarm on recording (alarm_at desc, name desc) where alarm is not null;

-- Alarms that somebody has seen to. A recording may have had several.
create table recording_alarm_settled (
  settled_at  bigint not null,
  name        text   not null,
  alarm       text   not null,
  findings    text[],
  raised_at   bigint not null,
  settled_by  text   not null,
  measure     text   not null,
  primary key (settled_at, name)
);

create index privacy_incident_open on privacy_incident (at desc, id desc) where closed_at = 0;
