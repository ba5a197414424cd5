import { delayBucketsS } from '../../live/live-delay';
import type { SumOf } from './bench-server';

/** How long what a door had took to the sockets, ms. */
export interface DoorDelay {
  readonly p50: number;
  readonly p99: number;
}

/**
 * The delays between two looks at the service's own histogram, each bucket taken to be evenly filled, as Prometheus
 * takes it. NaN without any.
 */
export function doorDelayBetween(before: SumOf, after: SumOf): DoorDelay {
  const upTo = delayBucketsS.map((s) => countIn(after, s) - countIn(before, s));
  const all = countIn(after, '+Inf') - countIn(before, '+Inf');
  const at = (share: number): number => {
    if (all === 0) return NaN;
    const wanted = share * all;
    const bucket = upTo.findIndex((count) => count >= wanted);
    if (bucket < 0) return Infinity;
    const [from, to] = [delayBucketsS[bucket - 1] ?? 0, delayBucketsS[bucket] ?? Infinity];
    const [below, within] = [upTo[bucket - 1] ?? 0, upTo[bucket] ?? 0];
    return Math.round(1000 * (from + ((to - from) * (wanted - below)) / Math.max(1, within - below)));
  };
  return { p50: at(0.5), p99: at(0.99) };
}

const countIn = (sumOf: SumOf, atMostS: number | '+Inf'): number =>
  sumOf('whereabouts_live_delay_seconds_bucket', `le="${atMostS}"`);
