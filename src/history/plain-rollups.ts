import type { PoolClient } from 'pg';
import { dayMs, dayOf, hourMs } from './days';

/** A rollup: its table, what it counts by, and how long its step is, ms. */
interface Rollup {
  readonly table: string;
  readonly by: 'zone_id' | 'section_id';
  readonly stepMs: number;
}

const rollups: readonly Rollup[] = [
  { table: 'unit_presence_hour', by: 'zone_id', stepMs: hourMs },
  { table: 'section_presence_hour', by: 'section_id', stepMs: hourMs },
  { table: 'unit_presence_day', by: 'zone_id', stepMs: dayMs },
  { table: 'section_presence_day', by: 'section_id', stepMs: dayMs },
];

/** Plain PostgreSQL: makes the rollups that hold this hour anew. A day is made when its last hour is counted, or later. */
export async function refreshRollups(client: PoolClient, hour: number): Promise<void> {
  const counted = await client.query<{ until: Date }>('select until from stay_count');
  const until = Math.max(hour + hourMs, counted.rows[0]?.until.getTime() ?? 0);
  for (const rollup of rollups) {
    const from = rollup.stepMs === dayMs ? dayOf(hour) * dayMs : hour;
    if (from + rollup.stepMs <= until) await refresh(client, rollup, from);
  }
}

async function refresh(client: PoolClient, { table, by, stepMs }: Rollup, from: number): Promise<void> {
  const period = [new Date(from), new Date(from + stepMs)];
  await client.query(`delete from ${table} where at >= $1 and at < $2`, period);
  await client.query(
    `insert into ${table} (at, ${by}, kind, tags, ms)
     select $1::timestamptz, ${by}, kind, count(distinct tag_id), sum(ms) from stay_hour
     where at >= $1 and at < $2 and ${by} is not null group by ${by}, kind`,
    period,
  );
}
