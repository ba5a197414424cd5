import type { PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import { type DayTable, dayTables, type FixDays } from './fix-days';
import { countedDays, longestDays, type Retention } from './retention';
import { underLock } from './under-lock';

/** TimescaleDB makes and drops its chunks itself; what is left is to tell it how long. */
export class TimescaleFixDays implements FixDays {
  readonly #keptDays: Readonly<Record<DayTable, number>>;

  constructor(
    private readonly database: Database,
    retention: Retention,
  ) {
    this.#keptDays = { fix: longestDays(retention), stay_hour: countedDays(retention) };
  }

  async makeRoom(): Promise<void> {
    // Chunks are made as rows come.
  }

  async tidy(): Promise<void> {
    for (const table of dayTables) await underLock(this.database, (client) => this.#setRetention(client, table));
  }

  async #setRetention(client: PoolClient, table: DayTable): Promise<void> {
    const wanted = `${this.#keptDays[table]} days`;
    const found = await client.query<{ same: boolean }>(
      `select (config ->> 'drop_after')::interval = $3::interval as same from timescaledb_information.jobs
       where proc_name = 'policy_retention' and hypertable_schema = $1 and hypertable_name = $2`,
      [this.database.schema, table, wanted],
    );
    if (found.rows[0]?.same === true) return;
    await client.query(`select remove_retention_policy($1::regclass, if_exists => true)`, [table]);
    // Between two runs of the columnstore policy, which comes every 12 hours: at once, the two can deadlock on a chunk.
    await client.query(
      `select add_retention_policy($1::regclass, drop_after => $2::interval, initial_start => now() + interval '6 hours')`,
      [table, wanted],
    );
  }
}
