import { setTimeout as pause } from 'node:timers/promises';
import type { BenchServer } from './bench-server';
import { timingOf } from './percentiles';

/** Who reads a stream on the way to the socket, as the service's metrics call them. */
export const laggingStages = ['tracking', 'moves'] as const;
export type LaggingStage = (typeof laggingStages)[number];

/** How old the oldest entry was that a stage read, ms. */
export interface Lag {
  readonly p50: number;
  readonly p99: number;
}
export type Lags = Readonly<Record<LaggingStage, Lag>>;

/** Each look makes every process put its metrics in words: more often, and that would be what is measured. */
const everyMs = 500;

/** How far each stage is behind while something is sent. */
export async function sampleLags(sending: Promise<unknown>, server: Pick<BenchServer, 'metrics'>): Promise<Lags> {
  const samples: Record<LaggingStage, number[]> = { tracking: [], moves: [] };
  const over = new AbortController();
  const sent = sending.finally(() => over.abort());
  while (!over.signal.aborted) {
    const sumOf = await server.metrics();
    for (const stage of laggingStages) {
      samples[stage].push(1000 * sumOf('whereabouts_stage_lag_seconds', `stage="${stage}"`));
    }
    await Promise.race([sent, pause(everyMs)]);
  }
  return { tracking: lagOf(samples.tracking), moves: lagOf(samples.moves) };
}

function lagOf(ms: readonly number[]): Lag {
  const { p50Ms, p99Ms } = timingOf(ms);
  return { p50: p50Ms, p99: p99Ms };
}
