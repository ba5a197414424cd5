import { escapeIdentifier, type PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import { dayOf, startOf } from './days';
import { type DayTable, dayTables, type FixDays } from './fix-days';
import { countedDays, longestDays, type Retention } from './retention';
import { underLock } from './under-lock';

const daysAhead = 3;
/** Rows of days further ahead than this wait in the default partition: no clock is believed that far. */
const daysBelieved = 7;

/** Plain PostgreSQL: one partition per day (UTC), made ahead or when the first row of the day comes, dropped by age. */
export class PlainFixDays implements FixDays {
  /** Names of partitions known to be there. Emptied every hour by `tidy`. */
  readonly #made = new Set<string>();
  readonly #keptDays: Readonly<Record<DayTable, number>>;

  constructor(
    private readonly database: Database,
    retention: Retention,
  ) {
    this.#keptDays = { fix: longestDays(retention), stay_hour: countedDays(retention) };
  }

  async makeRoom(instants: readonly number[], table: DayTable = 'fix'): Promise<void> {
    const today = dayOf(Date.now());
    const oldest = today - this.#keptDays[table];
    const days = [...new Set(instants.map(dayOf))]
      .filter((day) => day >= oldest && day <= today + daysBelieved && !this.#made.has(nameOf(table, day)))
      .sort((a, b) => a - b);
    if (days.length > 0) await this.#make(table, days);
  }

  async tidy(now: number): Promise<void> {
    const today = dayOf(now);
    const ahead = Array.from({ length: daysAhead + 1 }, (_, i) => today + i);
    this.#made.clear();
    for (const table of dayTables) {
      await this.#make(table, ahead);
      await underLock(this.database, (client) => dropBefore(client, table, today - this.#keptDays[table]));
    }
  }

  /** Counts as made once it is committed: until then rows of the day would still go to the default partition. */
  async #make(table: DayTable, days: readonly number[]): Promise<void> {
    await underLock(this.database, async (client) => {
      for (const day of days) await makeDay(client, this.database.schema, table, day);
    });
    for (const day of days) this.#made.add(nameOf(table, day));
  }
}

const nameOf = (table: DayTable, day: number): string => `${table}_${startOf(day).slice(0, 10).replaceAll('-', '')}`;

/** Rows of the day that came before its partition wait in the default one: they move into it. */
async function makeDay(client: PoolClient, schema: string, table: DayTable, day: number): Promise<void> {
  const qualified = `${escapeIdentifier(schema)}.${escapeIdentifier(nameOf(table, day))}`;
  const found = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [qualified]);
  if (found.rows[0]?.there === true) return;
  const [from, to] = [startOf(day), startOf(day + 1)];
  await client.query(`create table ${qualified} (like ${table} including all)`);
  await client.query(
    `with waiting as (delete from ${table}_default where at >= $1 and at < $2 returning *)
     insert into ${qualified} select * from waiting`,
    [from, to],
  );
  await client.query(`alter table ${table} attach partition ${qualified} for values from ('${from}') to ('${to}')`);
}

async function dropBefore(client: PoolClient, table: DayTable, oldest: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = $1::regclass and c.relname ~ $2 and c.relname < $3`,
    [table, `^${table}_[0-9]{8}$`, nameOf(table, oldest)],
  );
  for (const { name } of rows) await client.query(`drop table ${escapeIdentifier(name)}`);
  await client.query(`delete from ${table}_default where at < $1`, [startOf(oldest)]);
}
