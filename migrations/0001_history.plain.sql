-- History on plain PostgreSQL: where each tag was (fix), when it was in which room (stay), and how far into each
-- stream of moves these rows reach (history_position, written in the same transaction, so no row is written twice).
-- `fix` is split by day, so that old days are dropped and not deleted; the recorder makes days ahead
-- (src/history/plain-fix-days.ts). Rows of days that were not made wait in fix_default.

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
) partition by range (at);

create table fix_default partition of fix default;

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
