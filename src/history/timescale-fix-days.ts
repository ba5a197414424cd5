import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import type { FixDays } from './fix-days';
import { underLock } from './under-lock';

/** TimescaleDB makes and drops its chunks itself; what is left is to tell it how long, and to see that its jobs run. */
export class TimescaleFixDays implements FixDays {
  readonly #log = new Logger('TimescaleDB');

  constructor(
    private readonly database: Database,
    private readonly retentionDays: number,
  ) {}

  async makeRoom(): Promise<void> {
    // Chunks are made as rows come.
  }

  async tidy(): Promise<void> {
    await underLock(this.database, (client) => this.#setRetention(client));
    await this.#reportFailedJobs();
  }

  async #setRetention(client: PoolClient): Promise<void> {
    const wanted = `${this.retentionDays} days`;
    const found = await client.query<{ same: boolean }>(
      `select (config ->> 'drop_after')::interval = $2::interval as same from timescaledb_information.jobs
       where proc_name = 'policy_retention' and hypertable_schema = $1 and hypertable_name = 'fix'`,
      [this.database.schema, wanted],
    );
    if (found.rows[0]?.same === true) return;
    await client.query(`select remove_retention_policy('fix', if_exists => true)`);
    // Between two runs of the columnstore policy, which comes every 12 hours: at once, the two can deadlock on a chunk.
    await client.query(
      `select add_retention_policy('fix', drop_after => $1::interval, initial_start => now() + interval '6 hours')`,
      [wanted],
    );
  }

  /** Jobs fail silently: on some pairs of versions every scheduled job does. */
  async #reportFailedJobs(): Promise<void> {
    const { rows } = await this.database.pool.query<{ proc_name: string; failures: string }>(
      `select j.proc_name, s.total_failures as failures
       from timescaledb_information.job_stats s join timescaledb_information.jobs j using (job_id)
       where j.hypertable_schema = $1 and s.last_run_status = 'Failed'`,
      [this.database.schema],
    );
    for (const { proc_name, failures } of rows) {
      this.#log.error(
        `Background job ${proc_name} failed at its last run (${failures} times in all): see the server's log`,
      );
    }
  }
}
