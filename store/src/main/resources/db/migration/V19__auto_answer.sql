-- Queues whose calls browser phones answer by themselves, after a tone. Apart from the queue's own row,
-- which is written anew when everything is set up by a file.
create table queue_auto_answer (
  queue_id  text primary key
);
