-- A customer's name as it may be typed with Latin letters: without accents, in pinyin, in its initials;
-- written by the server with the name, and for rows without it soon after a start. Each kind of search has
-- an index that gives what begins so in order, and one for what stands in the middle.
alter table customer add column spelled text;

create index customer_spelled on customer using gin (spelled gin_trgm_ops);
create index customer_spelled_start on customer (spelled text_pattern_ops);
create index customer_name_start on customer (lower(name) text_pattern_ops);
create index customer_unspelled on customer (id) where spelled is null;
create index identity_ending on identity (reverse(value) text_pattern_ops) where until = 0;
