-- Presence of equipment by hour and day, for questions about use: how long and how many of a kind were in a unit, in a
-- section. stay_hour is every stay cut into hours, made from `stay` by the recorder once an hour is over
-- (src/history/count-hours.ts); on top of it TimescaleDB keeps the rollups, adding what is not yet in them when they are
-- asked. Hours and days are of UTC. Badges are not counted. The rollups name no tag and are kept. stay_hour goes with its
-- days, but not before ten days (src/history/timescale-fix-days.ts): a rollup of days that are gone would be emptied by
-- the policies below, which look back seven days for hours that were counted again.

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
);
select create_hypertable('stay_hour', by_range('at', interval '1 day'), create_default_indexes => false);
create index stay_hour_at on stay_hour (at);
alter table stay_hour set (
  timescaledb.enable_columnstore,
  timescaledb.segmentby = 'tag_id',
  timescaledb.orderby = 'at desc, zone_id'
);
-- After the policies below have looked at a day for the last time.
call add_columnstore_policy('stay_hour', after => interval '8 days');

create materialized view unit_presence_hour
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket('1 hour', at) as at, zone_id, kind, count(distinct tag_id)::int as tags, sum(ms) as ms
from stay_hour group by 1, 2, 3 with no data;

create materialized view unit_presence_day
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket('1 day', at) as at, zone_id, kind, count(distinct tag_id)::int as tags, sum(ms) as ms
from stay_hour group by 1, 2, 3 with no data;

create materialized view section_presence_hour
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket('1 hour', at) as at, section_id, kind, count(distinct tag_id)::int as tags, sum(ms) as ms
from stay_hour where section_id is not null group by 1, 2, 3 with no data;

create materialized view section_presence_day
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket('1 day', at) as at, section_id, kind, count(distinct tag_id)::int as tags, sum(ms) as ms
from stay_hour where section_id is not null group by 1, 2, 3 with no data;

select add_continuous_aggregate_policy(view, start_offset => interval '7 days', end_offset => interval '1 hour',
  schedule_interval => interval '30 minutes')
from (values ('unit_presence_hour'::regclass), ('section_presence_hour')) as hourly (view);
select add_continuous_aggregate_policy(view, start_offset => interval '7 days', end_offset => interval '1 day',
  schedule_interval => interval '2 hours')
from (values ('unit_presence_day'::regclass), ('section_presence_day')) as daily (view);

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
