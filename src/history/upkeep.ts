import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.module';
import { backoffMs, pause } from '../redis/backoff';
import { rollupsOf } from './choose-fix-days';
import { HourCount } from './count-hours';
import { failingJobs } from './failing-jobs';
import type { FixDays } from './fix-days';
import { forgetRows } from './forget-rows';
import type { Retention } from './retention';

const everyMs = 60_000;
const tidyEveryMs = 3_600_000;

/** What history needs done beside the writing: hours counted when they are over, days made ahead, old rows deleted. */
export class Upkeep {
  readonly #log = new Logger('History');
  readonly #count: HourCount;
  #tidiedAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly days: FixDays,
    private readonly retention: Retention,
  ) {
    this.#count = new HourCount(database, days, rollupsOf(database));
  }

  /** Looks every minute until it is told to stop. What fails is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#turn(Date.now(), signal);
        failures = 0;
        await pause(everyMs, signal);
      } catch (error) {
        failures += 1;
        if (failures === 1) this.#log.warn(`Hours and days of history were not kept up: ${String(error)}`);
        await pause(backoffMs(failures), signal);
      }
    }
  }

  async #turn(now: number, stop: AbortSignal): Promise<void> {
    if (now - this.#tidiedAt >= tidyEveryMs) {
      await this.days.tidy(now);
      await forgetRows(this.database, this.retention, now, stop);
      await this.#reportJobs();
      this.#tidiedAt = now;
    }
    await this.#count.countDue(now, stop);
  }

  async #reportJobs(): Promise<void> {
    for (const { job, table, failures } of await failingJobs(this.database)) {
      this.#log.error(
        `TimescaleDB's job ${job} on ${table} failed at its last run (${failures} times in all): see the server's log`,
      );
    }
  }
}
