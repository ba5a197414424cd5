import type { Database } from '../../../database/database.module';
import { fixDaysOf, rollupsOf } from '../../../history/choose-fix-days';
import { HourCount } from '../../../history/count-hours';
import { dayMs, dayOf } from '../../../history/days';

export interface Size {
  readonly tags: number;
  readonly days: number;
}

/** Bytes of `fix` with its indexes, and rows, before and after old days went into the columnstore. */
export interface Filled {
  readonly rows: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Of `stay`, the hours made from it and the rollups. */
  readonly presenceBytes: number;
}

const rollupNames = ['unit_presence_hour', 'unit_presence_day', 'section_presence_hour', 'section_presence_day'];
const presenceTables = ['stay', 'stay_hour', ...rollupNames];
const retention = { days: 365, byClass: new Map() };

/**
 * A made-up past: tags that rest, a row a minute as thinning leaves them, and change rooms every four hours. 1,000 rooms
 * in 25 sections. The last day is today.
 */
export async function fill(database: Database, size: Size, progress: (text: string) => void): Promise<Filled> {
  const { pool } = database;
  const [now, today] = [Date.now(), dayOf(Date.now())];
  const days = fixDaysOf(database, retention);
  const first = today - size.days + 1;
  await pool.query(registry, [size.tags]);
  for (let day = first; day <= today; day++) {
    progress(`day ${day - first + 1} of ${size.days}`);
    const [from, end] = [new Date(day * dayMs), new Date(Math.min((day + 1) * dayMs, now))];
    await days.makeRoom([from.getTime()]);
    await pool.query(fixesOfDay, [size.tags, from, end]);
    await pool.query(staysOfDay, [size.tags, from, end]);
    if (database.kind === 'timescale' && day < today) await compressOlder(database);
  }
  progress('counting the hours');
  return settle(database, first * dayMs, now);
}

/** Counts the hours of a past that begins at `first` (epoch ms), and does what the policies would have done by now. */
export async function settle(database: Database, first: number, now: number): Promise<Filled> {
  const { pool, kind } = database;
  await pool.query('update stay_count set until = $1', [new Date(first)]);
  await pool.query('delete from stay_hour_stale');
  await new HourCount(database, fixDaysOf(database, retention), rollupsOf(database)).countDue(now);
  if (kind === 'timescale') {
    for (const view of rollupNames) await pool.query(`call refresh_continuous_aggregate('${view}', null, null)`);
    await pool.query(`select compress_chunk(c, true) from show_chunks('stay_hour', older_than => interval '8 days') c`);
  }
  await pool.query('analyze');
  const presence = await Promise.all(presenceTables.map((table) => bytesOf(database, table)));
  const { rows } = await pool.query<{ count: string }>('select count(*) as count from fix');
  const bytesAfter = await bytesOf(database, 'fix');
  return {
    rows: Number(rows[0]?.count ?? 0),
    bytesBefore: bytesAfter + (kind === 'timescale' ? await bytesSaved(database) : 0),
    bytesAfter,
    presenceBytes: presence.reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** What the columnstore spares. */
async function bytesSaved({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ saved: string | null }>(
    `select sum(before_compression_total_bytes - after_compression_total_bytes) as saved
     from hypertable_columnstore_stats('fix')`,
  );
  return Number(rows[0]?.saved ?? 0);
}

/** What the columnstore policy does when a day has passed. */
async function compressOlder({ pool }: Database): Promise<void> {
  await pool.query(
    `select compress_chunk(c, if_not_compressed => true) from show_chunks('fix', older_than => interval '1 day') c`,
  );
}

/** A table with its indexes, and all that it is split into. */
async function bytesOf({ kind, pool }: Database, table: string): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(kind === 'timescale' ? bytesOfHypertable : bytesOfPartitions, [
    table,
  ]);
  return Number(rows[0]?.bytes ?? 0);
}

const bytesOfPartitions = `
  select coalesce((select sum(pg_total_relation_size(relid)) from pg_partition_tree($1::regclass)),
                  pg_total_relation_size($1::regclass)) as bytes`;

/** The rows of a continuous aggregate lie in a hypertable of its own. */
const bytesOfHypertable = `
  select coalesce(hypertable_size(kept), pg_total_relation_size($1::regclass)) as bytes
  from (select coalesce(
    (select format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)::regclass
     from timescaledb_information.continuous_aggregates where view_name = $1 and view_schema = current_schema()),
    $1::regclass) as kept) as one`;

const kinds = `array['infusion-pump', 'wheelchair', 'bed', 'monitor', 'ventilator', 'ultrasound', 'defibrillator', 'scale']`;

const registry = `
  with made as (
    insert into asset (site_id, id, name, kind)
    select 'bench', 'asset-' || t, 'Asset ' || t, (${kinds})[1 + t % 8] from generate_series(1, $1::int) as t
    returning id)
  insert into tag_assignment (site_id, tag_id, class, asset_id)
  select 'bench', 'c0ffee' || lpad(substr(id, 7), 6, '0'), 'asset', id from made`;

/** Tag t is in this room of 1,000 in this block of four hours. */
const room = `(hashint8(t * 100000 + block)::bigint & 1048575) % 1000`;

/** A row a minute for each tag, at a second of its own, around where it rests. */
const fixesOfDay = `
  insert into fix (tag_id, at, level_id, x, y, radius50, radius90, zone_id, section_id, zone_probability, moving)
  select 'c0ffee' || lpad(t::text, 6, '0'), at, 'level-' || room / 250, room % 40 * 5 + random(), room / 40 * 4 + random(),
         0.8 + random() * 0.4, 1.8 + random() * 0.8, 'room-' || room, 'section-' || room / 40,
         0.7 + random() * 0.3, random() < 0.02
  from (
    select t, at, ${room} as room
    from generate_series($2::timestamptz, $3::timestamptz - interval '1 minute', interval '1 minute') as minute,
      generate_series(1, $1::int) as t,
      lateral (select minute + make_interval(secs => t % 60) as at,
                      (extract(epoch from minute) / 14400)::bigint as block) as own) as placed`;

const staysOfDay = `
  insert into stay (tag_id, zone_id, section_id, level_id, entered_at, left_at)
  select 'c0ffee' || lpad(t::text, 6, '0'), 'room-' || room, 'section-' || room / 40, 'level-' || room / 250, entered,
         nullif(least(entered + interval '4 hours', $3), $3)
  from (
    select t, block_at + make_interval(secs => t % 60) as entered, ${room} as room
    from generate_series($2::timestamptz, $3::timestamptz - interval '1 minute', interval '4 hours') as block_at,
      generate_series(1, $1::int) as t,
      lateral (select (extract(epoch from block_at) / 14400)::bigint as block) as own) as placed
  on conflict do nothing`;
