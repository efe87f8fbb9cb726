-- what agents fill in when a talk is over: dispositions in groups, fields, texts to begin notes with
alter table disposition add column in_group text;

create table outcome_field (
  id        text    primary key,
  label_zh  text    not null,
  label_en  text    not null,
  kind      text    not null check (kind in ('TEXT', 'NUMBER', 'DATE', 'CHOICE')),
  required  boolean not null,
  choices   text[]  not null,
  lines     text[]  not null,
  position  int     not null
);

create table note_template (
  id        text    primary key,
  label     text    not null,
  body      text    not null,
  lines     text[]  not null,
  position  int     not null
);

-- a line "field=value" each
alter table segment add column answers text;
