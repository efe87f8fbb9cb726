-- What stood in a call's record before its agent corrected it. segment: 0 for a call that another switch routed.
-- answers: a line "field=value" each. notes: null where they were not changed.
create table record_correction (
  call_id      uuid   not null,
  segment      int    not null,
  agent_id     uuid   not null,
  at           bigint not null,
  disposition  text,
  answers      text,
  notes        text,
  primary key (call_id, agent_id, at)
);
