import { escapeIdentifier, type PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import type { FixDays } from './fix-days';
import { underLock } from './under-lock';

const dayMs = 86_400_000;
const daysAhead = 3;
/** Rows of days further ahead than this wait in `fix_default`: no clock is believed that far. */
const daysBelieved = 7;

/** Plain PostgreSQL: one partition per day (UTC), made ahead or when the first row of the day comes, dropped by age. */
export class PlainFixDays implements FixDays {
  /** Days known to have a partition. Emptied every hour by `tidy`. */
  readonly #made = new Set<number>();

  constructor(
    private readonly database: Database,
    private readonly retentionDays: number,
  ) {}

  async makeRoom(instants: readonly number[]): Promise<void> {
    const today = dayOf(Date.now());
    const missing = new Set(
      instants
        .map(dayOf)
        .filter((day) => !this.#made.has(day) && day >= today - this.retentionDays && day <= today + daysBelieved),
    );
    if (missing.size > 0) await this.#make([...missing].sort((a, b) => a - b));
  }

  async tidy(now: number): Promise<void> {
    const today = dayOf(now);
    this.#made.clear();
    await this.#make(Array.from({ length: daysAhead + 1 }, (_, i) => today + i));
    await underLock(this.database, (client) => dropBefore(client, today - this.retentionDays));
  }

  async #make(days: readonly number[]): Promise<void> {
    await underLock(this.database, async (client) => {
      for (const day of days) await makeDay(client, this.database.schema, day);
    });
    for (const day of days) this.#made.add(day);
  }
}

const dayOf = (instant: number): number => Math.floor(instant / dayMs);
const startOf = (day: number): string => new Date(day * dayMs).toISOString();
const nameOf = (day: number): string => `fix_${startOf(day).slice(0, 10).replaceAll('-', '')}`;

/** Rows of the day that came before its partition wait in `fix_default`: they move into it. */
async function makeDay(client: PoolClient, schema: string, day: number): Promise<void> {
  const name = escapeIdentifier(nameOf(day));
  const qualified = `${escapeIdentifier(schema)}.${name}`;
  const found = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [qualified]);
  if (found.rows[0]?.there === true) return;
  const [from, to] = [startOf(day), startOf(day + 1)];
  await client.query(`create table ${qualified} (like fix including all)`);
  await client.query(
    `with waiting as (delete from fix_default where at >= $1 and at < $2 returning *)
     insert into ${qualified} select * from waiting`,
    [from, to],
  );
  await client.query(`alter table fix attach partition ${qualified} for values from ('${from}') to ('${to}')`);
}

async function dropBefore(client: PoolClient, oldest: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'fix'::regclass and c.relname ~ '^fix_[0-9]{8}$' and c.relname < $1`,
    [nameOf(oldest)],
  );
  for (const { name } of rows) await client.query(`drop table ${escapeIdentifier(name)}`);
  await client.query('delete from fix_default where at < $1', [startOf(oldest)]);
}
