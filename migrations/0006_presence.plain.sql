-- Presence of equipment by hour and day, for questions about use: how long and how many of a kind were in a unit, in a
-- section. stay_hour is every stay cut into hours, made from `stay` by the recorder once an hour is over
-- (src/history/count-hours.ts); the four tables made from it are what TimescaleDB has as continuous aggregates, and the
-- recorder fills them in the same transaction (src/history/plain-rollups.ts). Hours and days are of UTC. Badges are not
-- counted. The rollups name no tag and are kept; stay_hour goes with its days.

create table stay_hour (
  -- When the hour begins.
  at timestamptz not null,
  tag_id text not null,
  kind text not null,
  zone_id text not null,
  section_id text,
  -- How long in this hour, milliseconds.
  ms integer not null,
  primary key (tag_id, at, zone_id)
) partition by range (at);
create index stay_hour_at on stay_hour (at);

create table stay_hour_default partition of stay_hour default;

create table unit_presence_hour (
  at timestamptz not null,
  zone_id text not null,
  kind text not null,
  -- Different tags.
  tags integer not null,
  ms bigint not null,
  primary key (zone_id, at, kind)
);
create index unit_presence_hour_at on unit_presence_hour (at);

create table unit_presence_day (like unit_presence_hour including all);

create table section_presence_hour (
  at timestamptz not null,
  section_id text not null,
  kind text not null,
  tags integer not null,
  ms bigint not null,
  primary key (section_id, at, kind)
);
create index section_presence_hour_at on section_presence_hour (at);

create table section_presence_day (like section_presence_hour including all);

-- Up to when hours are counted, from six days ago on; and those before that which later rows of `stay` have changed.
create table stay_count (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null
);
insert into stay_count (until)
select greatest(
  date_trunc('hour', coalesce(min(entered_at), now()), 'UTC'),
  date_trunc('hour', now(), 'UTC') - interval '6 days')
from stay;

create table stay_hour_stale (at timestamptz primary key);

-- The kind of equipment a tag is on, as the registry has it now; of several sites, where it was put on last.
create view kind_of_tag as
select distinct on (t.tag_id) t.tag_id, a.kind
from tag_assignment t join asset a on a.site_id = t.site_id and a.id = t.asset_id
order by t.tag_id, t.assigned_at desc;
