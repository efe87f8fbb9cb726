-- How each trunk's numbers are read; the trunk 'default' stands for all that have no row.
create table trunk (
  name              text    primary key,
  region            text    not null,
  area_code         text    not null,
  outside_prefixes  text[]  not null,
  line_from         text[]  not null check (cardinality(line_from) > 0),
  trust_asserted    boolean not null,
  own_numbers       text[]  not null
);

create table trunk_rewrite (
  trunk        text    not null references trunk (name) on delete cascade,
  position     integer not null,
  sides        text[]  not null check (cardinality(sides) > 0),
  pattern      text    not null,
  replacement  text    not null,
  primary key (trunk, position)
);

-- Servers by which browsers behind address translation find a way for the sound.
create table ice_server (
  position    integer primary key,
  url         text    not null,
  username    text,
  credential  text
);
