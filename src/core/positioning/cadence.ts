/** When a tag's next fix is due. All instants are `heardAt`, epoch ms: nothing depends on how batches are cut. */
export interface Cadence {
  /** From when another fix may be made: the tag's allowance. */
  readonly due: number;
  /** Sightings taken since the last fix, and the newest instant when the first of them came. */
  readonly waiting: number;
  readonly waitingSince: number;
}

/** A tag newly heard has as many fixes saved as a tag can save. */
export const startCadence = (at: number, savedMs: number): Cadence => ({
  due: at - savedMs,
  waiting: 0,
  waitingSince: at,
});

export function countWaiting(cadence: Cadence, newestAt: number): Cadence {
  const { due, waiting, waitingSince } = cadence;
  return { due, waiting: waiting + 1, waitingSince: waiting === 0 ? newestAt : waitingSince };
}

export interface Timing {
  readonly newestAt: number;
  readonly intervalMs: number;
  /** Gateways in the window. */
  readonly gateways: number;
  /** Nothing is known of the tag from before this burst. */
  readonly isNew: boolean;
}

/**
 * One fix per interval on average, what a quiet tag has saved up included. A fix waits until half of the gateways have
 * been heard again, or for one interval. A tag newly heard, or after a silence, has nothing to wait for.
 */
export function isFixDue({ due, waiting, waitingSince }: Cadence, timing: Timing): boolean {
  if (timing.newestAt < due) return false;
  return timing.isNew || 2 * waiting >= timing.gateways || timing.newestAt >= waitingSince + timing.intervalMs;
}

/** Spends one fix of the allowance. */
export function spendFix({ due }: Cadence, { newestAt, intervalMs }: Timing, savedFixes: number): Cadence {
  return {
    due: Math.max(due, newestAt - savedFixes * intervalMs) + intervalMs,
    waiting: 0,
    waitingSince: newestAt,
  };
}
