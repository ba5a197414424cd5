import type { PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import { transact } from '../database/transact';
import { hourMs } from './days';
import type { FixDays } from './fix-days';
import type { Rollups } from './rollups';

/** An hour is counted so long after its end: a tag that fell silent says so two minutes late. */
const settleMs = 300_000;

/**
 * Cuts stays into hours: each hour once it is over, and again when later rows changed it. What comes of an hour depends
 * on the stays alone, so that counting it twice, or by two recorders, changes nothing.
 */
export class HourCount {
  constructor(
    private readonly database: Database,
    private readonly days: FixDays,
    private readonly rollups: Rollups,
  ) {}

  /** Counts what is due. @param now epoch ms @param stop ends it between two hours @returns how many hours were counted */
  async countDue(now: number, stop?: AbortSignal): Promise<number> {
    for (let counted = 0; ; counted++) {
      const hour = stop?.aborted === true ? null : await this.#due(now);
      if (hour === null) return counted;
      await this.days.makeRoom([hour], 'stay_hour');
      await transact(this.database.pool, (client) => this.#count(client, hour));
    }
  }

  /** The next hour to be counted, null when none is. */
  async #due(now: number): Promise<number | null> {
    const { rows } = await this.database.pool.query<{ until: Date; stale: Date | null }>(
      'select until, (select min(at) from stay_hour_stale) as stale from stay_count',
    );
    const [counted] = rows;
    if (counted === undefined) throw new Error('stay_count has lost its row');
    if (counted.stale !== null) return counted.stale.getTime();
    const next = counted.until.getTime();
    return next + hourMs + settleMs <= now ? next : null;
  }

  async #count(client: PoolClient, hour: number): Promise<void> {
    const [from, to] = [new Date(hour), new Date(hour + hourMs)];
    // Waits for rows that are being written, and holds the next ones back until the hour is counted.
    await client.query('select from stay_count for update');
    await client.query('delete from stay_hour_stale where at = $1', [from]);
    await client.query('delete from stay_hour where at = $1', [from]);
    await client.query(
      `insert into stay_hour (at, tag_id, kind, zone_id, section_id, ms)
       select $1::timestamptz, tag_id, kind, zone_id, max(section_id), sum(ms)
       from (${hoursOfStays}) as cut where ms > 0 group by tag_id, kind, zone_id`,
      [from, to],
    );
    await this.rollups.refresh(client, hour);
    await client.query('update stay_count set until = greatest(until, $1)', [to]);
  }
}

/** The stays of equipment between $1 and $2, cut there, with the kind of the equipment as the registry has it now. */
const hoursOfStays = `
  select s.tag_id, coalesce(k.kind, 'unknown') as kind, s.zone_id, s.section_id,
         round(extract(epoch from least(s.left_at, $2::timestamptz) - greatest(s.entered_at, $1::timestamptz)) * 1000)::int as ms
  from stay s
  left join kind_of_tag k using (tag_id)
  where s.class = 'asset' and s.entered_at < $2 and coalesce(s.left_at, 'infinity') > $1`;
