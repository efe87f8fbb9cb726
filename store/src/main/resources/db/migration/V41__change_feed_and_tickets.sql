-- Whoever cannot be told asks what changed. until: events are written for the feed until then; it moves on with
-- every question. forgotten: up to here events are not kept any more, or were never written.
create table change_feed (
  only_one   boolean primary key default true check (only_one),
  until      bigint not null default 0,
  forgotten  bigint not null default 0
);

insert into change_feed default values;

-- feed_n: in the order in which events can be seen, without holes that are filled later.
-- the first place is where somebody stands who has read nothing
create sequence webhook_feed_n start 2;
alter table webhook_event add column feed_n bigint;
create unique index webhook_event_feed on webhook_event (feed_n) where feed_n is not null;

create or replace function webhooks_wanted() returns boolean language sql stable as $$
  select exists (select 1 from webhook_endpoint where active)
    or exists (
      select 1 from change_feed where until > (extract(epoch from clock_timestamp()) * 1000000)::bigint)
$$;

-- Numbers of tickets that are opened here.
create sequence ticket_number start 100001;
