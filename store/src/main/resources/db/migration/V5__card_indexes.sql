-- The card reads open service records first, then the newest, by one index in that order; the latest
-- calls of a customer tell which number and line they came from.
drop index service_record_open;
create index service_record_card on service_record (customer_id, (closed_at <> 0), opened_at desc);

drop index call_record_number;
create index call_record_number on call_record (number, arrived_at) where number is not null;
