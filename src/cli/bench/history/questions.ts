import type { Database } from '../../../database/database.module';
import { dayMs } from '../../../history/days';
import { OccupancyHistory, type OccupancyQuestion, occupancyQuery } from '../../../history/occupancy';
import { Trail, trailQuery } from '../../../history/trail';
import { type Timing, timingOf } from '../percentiles';
import type { Size } from './fill';

export interface Asked {
  readonly question: string;
  readonly rows: number;
  readonly timing: Timing;
  /** EXPLAIN (analyze) of one of them. */
  readonly plan: string;
}

const runs = 25;
const tagOf = (i: number, { tags }: Size): string => `c0ffee${String(1 + ((i * 37) % tags)).padStart(6, '0')}`;

/** Times the questions of history, each for another tag or section every time, once before to warm the connection. */
export async function askQuestions(database: Database, size: Size, now = Date.now()): Promise<Asked[]> {
  const trail = new Trail(database);
  const occupancy = new OccupancyHistory(database);
  const today = Math.floor(now / dayMs) * dayMs;
  const [old, days] = [today - Math.ceil(size.days / 2) * dayMs, size.days - 1];
  const { rows } = await database.pool.query<{ until: Date }>('select until from stay_count');
  const until = rows[0]?.until.getTime() ?? 0;
  const month = (i: number): OccupancyQuestion => {
    return { sectionId: `section-${i % 25}`, from: today - days * dayMs, to: now, by: 'hour', now };
  };
  const trailOf = (from: number) => ({
    ask: (i: number) => trail.trail(tagOf(i, size), from, from + dayMs),
    query: trailQuery(database.kysely, { tagId: tagOf(1, size), from, to: from + dayMs, most: 10_000 }),
  });
  return [
    await time(database, 'the trail of a tag for a day half way back', trailOf(old)),
    await time(database, 'the trail of a tag for the last day', trailOf(now - dayMs)),
    await time(database, `a section hour by hour for ${days} days`, {
      ask: (i) => occupancy.ofSection(month(i)),
      query: occupancyQuery(month(1), until),
    }),
    await time(database, `a section day by day for ${days} days`, {
      ask: (i) => occupancy.ofSection({ ...month(i), by: 'day' }),
      query: occupancyQuery({ ...month(1), by: 'day' }, until),
    }),
  ];
}

interface Question {
  readonly ask: (i: number) => Promise<readonly unknown[]>;
  readonly query: { readonly text: string; readonly values: readonly unknown[] };
}

async function time({ pool }: Database, question: string, { ask, query }: Question): Promise<Asked> {
  await ask(0);
  const took: number[] = [];
  let rows = 0;
  for (let i = 1; i <= runs; i++) {
    const from = performance.now();
    rows = Math.max(rows, (await ask(i)).length);
    took.push(performance.now() - from);
  }
  const explained = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, costs off) ${query.text}`, [
    ...query.values,
  ]);
  return { question, rows, timing: timingOf(took), plan: explained.rows.map((row) => row['QUERY PLAN']).join('\n') };
}
