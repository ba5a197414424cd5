/** Milliseconds each of many runs took, in short. */
export interface Timing {
  readonly runs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** @throws RangeError without runs */
export function timingOf(ms: readonly number[]): Timing {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    if (value === undefined) throw new RangeError('Unexpected timing of no runs');
    return Math.round(value * 1000) / 1000;
  };
  return { runs: ms.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
