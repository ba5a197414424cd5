import { expect, test } from 'vitest';
import type { Database } from '../../src/database/database.module';
import { fixDaysOf } from '../../src/history/choose-fix-days';
import { occupancyQuery } from '../../src/history/occupancy';
import { trailQuery } from '../../src/history/trail';
import { privateConfig, privateDatabase } from '../support/private-services';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const today = Math.floor(Date.now() / dayMs) * dayMs;
const days = 30;

/** Rows on every day of a month; what is older than two days lies in TimescaleDB's columnstore. */
async function aMonth(): Promise<Database> {
  const database = await privateDatabase(privateConfig());
  const { pool, kind } = database;
  const each = Array.from({ length: days }, (_, i) => today - (i + 1) * dayMs);
  const fixDays = fixDaysOf(database, { days: 365, byClass: new Map() });
  await fixDays.makeRoom(each);
  await fixDays.makeRoom(each, 'stay_hour');
  await pool.query(
    `insert into fix (tag_id, at, level_id, x, y, radius50, radius90, zone_probability, moving)
     select 'tag-' || tag, to_timestamp(ms / 1000) + minute, 'L0', 1, 1, 1, 2, 0.5, false
     from unnest($1::float8[]) as ms, generate_series(1, 20) as tag,
       (select make_interval(mins => m) as minute from generate_series(0, 1430, 30) m) as minutes`,
    [each],
  );
  await pool.query(
    `insert into stay_hour (at, tag_id, kind, zone_id, section_id, ms)
     select to_timestamp(ms / 1000) + make_interval(hours => hour), 'tag-' || tag, 'bed', 'room', 'icu', 3600000
     from unnest($1::float8[]) as ms, generate_series(0, 23) as hour, generate_series(1, 20) as tag`,
    [each],
  );
  if (kind === 'timescale') {
    await pool.query(`select compress_chunk(c) from show_chunks('fix', older_than => now() - interval '2 days') c`);
    await pool.query(`call refresh_continuous_aggregate('section_presence_hour', null, null)`);
  } else {
    await pool.query(
      `insert into section_presence_hour select at, section_id, kind, count(*), sum(ms) from stay_hour group by 1, 2, 3`,
    );
  }
  await pool.query('analyze');
  return database;
}

/** The parts of split tables a question reads, with the time each holds (epoch ms). */
async function partsRead(
  { pool, kind }: Database,
  { text, values }: { text: string; values: readonly unknown[] },
): Promise<{ name: string; from: number; to: number }[]> {
  const { rows } = await pool.query<{ 'QUERY PLAN': unknown }>(`explain (format json) ${text}`, [...values]);
  const names = relationsIn(rows[0]?.['QUERY PLAN']);
  if (kind === 'plain') {
    return names.flatMap((name) => {
      const day = /_(\d{4})(\d\d)(\d\d)$/.exec(name);
      const from = Date.parse(`${day?.[1] ?? ''}-${day?.[2] ?? ''}-${day?.[3] ?? ''}T00:00:00Z`);
      return day === null ? [] : [{ name, from, to: from + dayMs }];
    });
  }
  const chunks = await pool.query<{ name: string; from: Date; to: Date }>(
    `select chunk_name as name, range_start as from, range_end as to from timescaledb_information.chunks
     where chunk_name = any($1)`,
    [names],
  );
  return chunks.rows.map(({ name, from, to }) => ({ name, from: from.getTime(), to: to.getTime() }));
}

function relationsIn(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(relationsIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const own = 'Relation Name' in plan && typeof plan['Relation Name'] === 'string' ? [plan['Relation Name']] : [];
  return [...new Set([...own, ...Object.values(plan).flatMap(relationsIn)])];
}

test('a trail reads the days it is asked for and no others, in the columnstore and out of it', async () => {
  const database = await aMonth();
  for (const from of [today - 20 * dayMs, today - dayMs]) {
    const query = trailQuery(database.kysely, { tagId: 'tag-7', from, to: from + dayMs, most: 10_000 });
    const parts = await partsRead(database, query);
    expect(parts.map((part) => [part.from, part.to])).toEqual([[from, from + dayMs]]);
  }
});

test('the hours of a section are read from their rollup alone, and there only around the time asked for', async () => {
  const database = await aMonth();
  const [from, to] = [today - 20 * dayMs, today - 18 * dayMs];
  const question = { sectionId: 'icu', from, to, by: 'hour' as const, now: Date.now() };
  const query = occupancyQuery(question, today);
  expect((await database.pool.query(query.text, query.values)).rows).toHaveLength(48);
  const parts = await partsRead(database, query);
  for (const part of parts) {
    expect(part.from).toBeLessThan(to);
    expect(part.to).toBeGreaterThan(from);
  }
  // No hour of a single tag: those are read for what is not in the rollup yet.
  expect(parts.filter(({ name }) => name.startsWith('stay_hour'))).toEqual([]);
});
