-- A restart reads the journal by number from the first entry of the oldest live call on: by source time
-- alone it could meet the beginning of a call without its end. oldest_live stays as the bound in time
-- that the partitions need.
alter table writer_pos add column first_live bigint not null default 0;

-- With the switch and the channel the leg of the customer: what is told late of a call that is over must
-- not open a second one, also after a restart.
alter table call_record add column epoch bigint not null default 0;
