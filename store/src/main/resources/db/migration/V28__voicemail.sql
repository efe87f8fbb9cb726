-- What callers hear before they leave a message, how long it may and must be, and the key that leads to it.
alter table phone_line
  add column voicemail_version text,
  add column voicemail_language text,
  add column voicemail_text text,
  add column voicemail_most integer not null default 120 check (voicemail_most between 5 and 600),
  add column voicemail_least integer not null default 2 check (voicemail_least between 0 and 60),
  add column voicemail_key text check (voicemail_key ~ '^[0-8]$');

-- The last call in which the customer left a message.
alter table task add column message_call uuid;
