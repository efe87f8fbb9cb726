-- A day's calls are found by time. Rows come in the order of time, so a few pages of index are enough,
-- and the ledger's writes stay as cheap as they were.
create index call_record_arrived on call_record using brin (arrived_at) with (pages_per_range = 16);
create index segment_offered on segment using brin (offered_at) with (pages_per_range = 16);
