import type { Rules } from '../rules';

/** When a tag's next fix is due. All instants are `heardAt`, epoch ms: nothing depends on how batches are cut. */
export interface Cadence {
  /** From when another fix may be made: the tag's allowance. */
  due: number;
  /** Sightings taken since the last fix, and the newest instant when the first of them came. */
  waiting: number;
  waitingSince: number;
}

/** A tag newly heard has as many fixes saved as a tag can save. */
export const firstDue = (at: number, savedMs: number): number => at - savedMs;

export function countWaiting(cadence: Cadence, newestAt: number): void {
  if (cadence.waiting === 0) cadence.waitingSince = newestAt;
  cadence.waiting += 1;
}

export interface Timing {
  newestAt: number;
  intervalMs: number;
  /** Gateways in the window. */
  gateways: number;
  /** Nothing is known of the tag from before this burst. */
  isNew: boolean;
}

/**
 * One fix per interval on average, what a quiet tag has saved up included. A fix waits until half of the gateways have
 * been heard again, or for one interval. A tag newly heard, or after a silence, has nothing to wait for.
 */
export function isFixDue({ due, waiting, waitingSince }: Cadence, timing: Timing): boolean {
  if (timing.newestAt < due) return false;
  return timing.isNew || 2 * waiting >= timing.gateways || timing.newestAt >= waitingSince + timing.intervalMs;
}

/** Looks again soon: nothing has come yet that a fix could be made better of. */
export function postponeFix(cadence: Cadence, { newestAt }: Timing, { fixIntervalMs }: Rules): void {
  cadence.due = newestAt + fixIntervalMs;
}

/** Spends one fix of the allowance. */
export function spendFix(cadence: Cadence, { newestAt, intervalMs }: Timing, { savedFixes }: Rules): void {
  cadence.due = Math.max(cadence.due, newestAt - savedFixes * intervalMs) + intervalMs;
  cadence.waiting = 0;
  cadence.waitingSince = newestAt;
}
