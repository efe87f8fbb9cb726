-- Those outside whom agents called into a call: see PartiesText.
alter table call_record add column outside text;
