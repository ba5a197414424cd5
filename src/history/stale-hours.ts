import type { PoolClient } from 'pg';
import type { Rows } from './rows';

/**
 * Hours further back than this are not counted again: what comes so late is seen in the stays alone. Less than the
 * rollups look back (migrations/0006).
 */
const countedDays = 6;

/**
 * Marks the hours that were counted and that these rows change: they are counted again. Nearly always none. Holds the
 * counting back until these rows are committed, so that an hour is never counted without them.
 */
export async function markStale(client: PoolClient, { closed, stays }: Rows): Promise<void> {
  if (closed.size === 0 && stays.length === 0) return;
  let earliest = Infinity;
  for (const at of closed.values()) earliest = Math.min(earliest, at);
  for (const { enteredAt } of stays) earliest = Math.min(earliest, enteredAt);
  await client.query(
    `with counted as (select until from stay_count for share)
     insert into stay_hour_stale (at)
     select at from counted, generate_series(
         greatest(date_trunc('hour', to_timestamp($1::float8 / 1000), 'UTC'), until - $2::interval),
         until - interval '1 hour', interval '1 hour') as at
     on conflict do nothing`,
    [earliest, `${countedDays} days`],
  );
}
