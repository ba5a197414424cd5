import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { BenchServer } from './bench-server';

/** What the service has done so far. */
export interface Counted {
  readonly tracked: number;
  readonly dropped: number;
  readonly moves: number;
  readonly rows: number;
}

export async function counted(server: BenchServer): Promise<Counted> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ count: string }>('select count(*) from fix');
  await client.end();
  const sumOf = await server.metrics();
  return {
    tracked: sumOf('whereabouts_sightings_tracked_total'),
    dropped: sumOf('whereabouts_dropped_total', 'step="door"'),
    moves: sumOf('whereabouts_moves_total'),
    rows: Number(rows[0]?.count ?? 0),
  };
}

const drainTimeoutMs = 120_000;

/** Waits until tracking has had all that was acknowledged and history has written what came of it; seconds waited. */
export async function drained(server: BenchServer, before: Counted, acknowledged: number): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < drainTimeoutMs) {
    const sumOf = await server.metrics();
    const tracked = sumOf('whereabouts_sightings_tracked_total') - before.tracked;
    const dropped = sumOf('whereabouts_dropped_total', 'step="door"') - before.dropped;
    const lag = sumOf('whereabouts_history_lag_seconds');
    if (tracked + dropped >= acknowledged && lag < 1) return (performance.now() - startedAt) / 1000;
    await pause(200);
  }
  throw new Error(`Not drained after ${drainTimeoutMs / 1000} s`);
}
