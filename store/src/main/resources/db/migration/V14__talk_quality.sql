-- How talks at browser phones sounded, as the agents' pages say. A refresh begins another stretch.
create table talk_quality (
  call_id            uuid             not null,
  segment            integer          not null,
  stretch            bigint           not null,
  seconds            integer          not null,
  loss_percent       double precision not null,
  jitter_millis      integer          not null,
  round_trip_millis  integer          not null,
  score              double precision not null,
  lowest_score       double precision not null,
  primary key (call_id, segment, stretch)
);
