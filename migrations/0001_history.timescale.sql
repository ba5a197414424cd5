-- History on TimescaleDB: where each tag was (fix), when it was in which room (stay), and how far into each stream of
-- moves these rows reach (history_position, written in the same transaction, so no row is written twice).
-- `fix` is a hypertable by day, in the columnstore after a day (6.5 to 8 times smaller on disk), ordered as trails are
-- asked for. How long rows are kept is a setting: the recorder sets the retention policy (src/history/timescale-fix-days.ts).

create table fix (
  tag_id text not null,
  at timestamptz not null,
  level_id text not null,
  x real not null,
  y real not null,
  radius50 real not null,
  radius90 real not null,
  zone_id text,
  section_id text,
  zone_probability real not null,
  moving boolean not null,
  primary key (tag_id, at)
);

select create_hypertable('fix', by_range('at', interval '1 day'), create_default_indexes => false);
alter table fix set (
  timescaledb.enable_columnstore,
  timescaledb.segmentby = 'tag_id',
  timescaledb.orderby = 'at desc'
);
call add_columnstore_policy('fix', after => interval '1 day');

create table stay (
  tag_id text not null,
  zone_id text not null,
  section_id text,
  level_id text not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  primary key (tag_id, entered_at)
);

-- A tag is in one room at a time.
create unique index stay_open on stay (tag_id) where left_at is null;
-- Who was in this room.
create index stay_zone on stay (zone_id, entered_at);

create table history_position (
  shard integer primary key,
  entry_id text not null
);
