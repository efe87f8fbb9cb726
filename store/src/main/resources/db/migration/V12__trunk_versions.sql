-- How each trunk's numbers are read, and were: the highest n counts. Nothing here is ever changed.
-- The trunk 'default' stands for all that have no rules. Arrays of one length: sides (CALLER, LINE or
-- BOTH), patterns and replacements of the rewrite rules, in their order.
create table trunk_version (
  trunk             text    not null,
  n                 integer not null,
  at                bigint  not null,
  by                text    not null,
  region            text,
  area_code         text    not null default '',
  outside_prefixes  text[]  not null default '{}',
  line_from         text[]  not null default '{}',
  trust_asserted    boolean not null default false,
  own_numbers       text[]  not null default '{}',
  sides             text[]  not null default '{}',
  patterns          text[]  not null default '{}',
  replacements      text[]  not null default '{}',
  primary key (trunk, n),
  check (region is null or cardinality(line_from) > 0),
  check (cardinality(sides) = cardinality(patterns) and cardinality(sides) = cardinality(replacements))
);
comment on column trunk_version.region is 'null: no rules of its own from then on';

insert into trunk_version (trunk, n, at, by, region, area_code, outside_prefixes, line_from,
  trust_asserted, own_numbers, sides, patterns, replacements)
select t.name, 1, 0, '', t.region, t.area_code, t.outside_prefixes, t.line_from, t.trust_asserted,
  t.own_numbers, coalesce(r.sides, '{}'), coalesce(r.patterns, '{}'), coalesce(r.replacements, '{}')
from trunk t left join lateral (
  select array_agg(case when cardinality(sides) = 1 then sides[1] else 'BOTH' end order by position) as sides,
    array_agg(pattern order by position) as patterns,
    array_agg(replacement order by position) as replacements
  from trunk_rewrite where trunk = t.name) r on true;

drop table trunk_rewrite;
drop table trunk;
