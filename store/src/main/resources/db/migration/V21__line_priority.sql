-- Whose turn is first: each level counts as five minutes of waiting.
alter table phone_line add column priority smallint not null default 0
  check (priority between 0 and 9);

-- Why a call was offered when it was, and to whom: codes, parted by blanks.
alter table segment add column why text;
