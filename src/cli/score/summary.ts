/** Spread of errors, metres. */
export interface ErrorSummary {
  readonly mean: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
}

export function summarise(errors: readonly number[]): ErrorSummary {
  const sorted = [...errors].sort((a, b) => a - b);
  return {
    mean: sorted.reduce((sum, error) => sum + error, 0) / sorted.length,
    median: quantile(sorted, 0.5),
    p75: quantile(sorted, 0.75),
    p90: quantile(sorted, 0.9),
    p95: quantile(sorted, 0.95),
  };
}

/** Linear between the two nearest ranks. */
function quantile(sorted: readonly number[], q: number): number {
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? NaN;
  const high = sorted[Math.ceil(rank)] ?? NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

/** Share of `all` for which `holds`; 0 of none. */
export function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(holds).length / all.length;
}
