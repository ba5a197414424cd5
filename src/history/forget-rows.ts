import { type TagClass, tagClasses } from '../core';
import type { Database } from '../database/database.module';
import { transact } from '../database/transact';
import { dayOf, startOf } from './days';
import { countedDays, daysOf, longestDays, type Retention } from './retention';

const staysAtOnce = 10_000;
/** Days in one transaction when much is to be caught up; otherwise it is one. */
const daysAtOnce = 30;

/**
 * Deletes what days cannot drop as a whole: fixes of classes that are kept shorter than others, day by day and each day
 * once, and stays that ended too long ago. @param now epoch ms @param stop ends it between two transactions
 */
export async function forgetRows(
  database: Database,
  retention: Retention,
  now: number,
  stop: AbortSignal,
): Promise<void> {
  for (const tagClass of tagClasses) {
    const days = daysOf(retention, tagClass);
    if (days < longestDays(retention)) await forgetFixes(database, tagClass, dayOf(now) - days, stop);
    const stayDays = tagClass === 'asset' ? countedDays(retention) : days;
    await forgetStays(database, tagClass, dayOf(now) - stayDays, stop);
  }
}

/** Fixes of days before `oldest`. */
async function forgetFixes({ pool }: Database, tagClass: TagClass, oldest: number, stop: AbortSignal): Promise<void> {
  const { rows } = await pool.query<{ from: Date | null }>(
    `select coalesce((select until from class_forgotten where class = $1),
                     (select min(at) from fix where at < $2)) as from`,
    [tagClass, startOf(oldest)],
  );
  const from = rows[0]?.from;
  if (from === undefined || from === null) return;
  for (let day = dayOf(from.getTime()); day < oldest && !stop.aborted; day += daysAtOnce) {
    const until = startOf(Math.min(day + daysAtOnce, oldest));
    await transact(pool, async (client) => {
      await client.query('delete from fix where class = $1 and at >= $2 and at < $3', [tagClass, startOf(day), until]);
      await client.query(
        `insert into class_forgotten (class, until) values ($1, $2)
         on conflict (class) do update set until = excluded.until`,
        [tagClass, until],
      );
    });
  }
}

async function forgetStays({ pool }: Database, tagClass: TagClass, oldest: number, stop: AbortSignal): Promise<void> {
  for (let deleted = staysAtOnce; deleted === staysAtOnce && !stop.aborted;) {
    const { rowCount } = await pool.query(
      `delete from stay where ctid = any (array(
         select ctid from stay where class = $1 and coalesce(left_at, 'infinity') < $2 limit $3))`,
      [tagClass, startOf(oldest), staysAtOnce],
    );
    deleted = rowCount ?? 0;
  }
}
