import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import type { TagClass } from '../../src/core';
import type { Database } from '../../src/database/database.module';
import { fixDaysOf } from '../../src/history/choose-fix-days';
import { forgetRows } from '../../src/history/forget-rows';
import { privateConfig, privateDatabase } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs) * dayMs;

const keep = (days: number) => ({ days, byClass: new Map<TagClass, number>() });

async function insert({ pool }: Database, tag: string, ats: readonly number[], tagClass = 'asset'): Promise<void> {
  await pool.query(
    `insert into fix (tag_id, at, level_id, x, y, radius50, radius90, zone_probability, moving, class)
     select $1, to_timestamp(ms / 1000), 'L0', 1, 1, 1, 2, 0.5, false, $3 from unnest($2::float8[]) as ms`,
    [tag, ats, tagClass],
  );
}

async function days({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ day: string }>(
    `select distinct to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day from fix order by 1`,
  );
  return rows.map(({ day }) => day);
}

const nameOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** TimescaleDB drops what is old when its job runs, every day: here at once. */
async function runRetention({ kind, pool, schema }: Database): Promise<void> {
  if (kind === 'plain') return;
  const { rows } = await pool.query<{ job_id: number }>(
    `select job_id from timescaledb_information.jobs where proc_name = 'policy_retention' and hypertable_schema = $1 and hypertable_name = 'fix'`,
    [schema],
  );
  expect(rows).toHaveLength(1);
  // The columnstore job of the same chunks may run now; TimescaleDB too repeats a job that met it in a deadlock.
  await waitFor('retention to run', () =>
    pool.query(`call run_job(${rows[0]?.job_id ?? 0})`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DatabaseError && error.code === '40P01') return false;
        throw error;
      },
    ),
  );
}

test('rows older than the setting go, younger ones stay, on either kind of database', async () => {
  const database = await privateDatabase(privateConfig());
  const fixDays = fixDaysOf(database, keep(30));
  const ats = [today - 400 * dayMs, today - 33 * dayMs, today - 28 * dayMs, today];
  await fixDays.makeRoom(ats);
  await insert(database, 'tag', ats);
  await fixDays.tidy(Date.now());
  await fixDays.tidy(Date.now());
  await runRetention(database);
  expect(await days(database)).toEqual([nameOf(today - 28 * dayMs), nameOf(today)]);
});

test('a new setting replaces the old one', async () => {
  const database = await privateDatabase(privateConfig());
  const ats = [today - 20 * dayMs, today];
  await fixDaysOf(database, keep(30)).makeRoom(ats);
  await insert(database, 'tag', ats);
  await fixDaysOf(database, keep(30)).tidy(Date.now());
  await fixDaysOf(database, keep(10)).tidy(Date.now());
  await runRetention(database);
  expect(await days(database)).toEqual([nameOf(today)]);
});

test('rows that came before their day was made are there before and after it is, once', async () => {
  const database = await privateDatabase(privateConfig());
  const fixDays = fixDaysOf(database, keep(30));
  const at = today + 2 * dayMs + 1_000;
  await insert(database, 'early', [at]);
  expect(await days(database)).toEqual([nameOf(at)]);
  await fixDays.tidy(Date.now());
  await insert(database, 'later', [at]);
  const { rows } = await database.pool.query('select tag_id from fix order by tag_id');
  expect(rows).toEqual([{ tag_id: 'early' }, { tag_id: 'later' }]);
  await expect(insert(database, 'early', [at])).rejects.toThrow(/duplicate key/);
});

test('several recorders may make the same days at once', async () => {
  const database = await privateDatabase(privateConfig());
  const several = Array.from({ length: 4 }, () => fixDaysOf(database, keep(30)));
  const ats = Array.from({ length: 5 }, (_, i) => today - i * dayMs);
  await Promise.all(several.flatMap((fixDays) => [fixDays.makeRoom(ats), fixDays.tidy(Date.now())]));
  await insert(database, 'tag', ats);
  expect(await days(database)).toHaveLength(5);
});

test('rows of a class that is kept shorter go before their day does, compressed or not, and so do old stays', async () => {
  const database = await privateDatabase(privateConfig());
  const { pool, kind } = database;
  const retention = { days: 30, byClass: new Map<TagClass, number>([['badge', 7]]) };
  const ats = [today - 9 * dayMs, today - 6 * dayMs, today];
  await fixDaysOf(database, retention).makeRoom(ats);
  for (const tagClass of ['asset', 'badge']) {
    await insert(database, tagClass, ats, tagClass);
    await pool.query(
      `insert into stay (tag_id, zone_id, level_id, class, entered_at, left_at)
       select $1, 'room', 'L0', $1, to_timestamp(ms / 1000), to_timestamp(ms / 1000 + 60) from unnest($2::float8[]) as ms`,
      [tagClass, [today - 40 * dayMs, ...ats]],
    );
  }
  if (kind === 'timescale') await pool.query(`select compress_chunk(c) from show_chunks('fix') c`);
  const { signal } = new AbortController();
  for (const now of [Date.now(), Date.now() + 2 * dayMs]) await forgetRows(database, retention, now, signal);
  const left = async (table: string): Promise<Record<string, number>> => {
    const { rows } = await pool.query<{ class: string; count: number }>(
      `select class, count(*)::int as count from ${table} group by class`,
    );
    return Object.fromEntries(rows.map((row) => [row.class, row.count]));
  };
  expect(await left('fix')).toEqual({ asset: 3, badge: 1 });
  expect(await left('stay')).toEqual({ asset: 3, badge: 1 });
});
