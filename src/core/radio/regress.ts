import { cholesky, invert } from './cholesky';

/** Weighted least squares towards a prior: what is believed of each coefficient before, and how firmly. */
export interface Belief {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
}

export interface Rows {
  /** One row of features for each value, by rows. */
  readonly features: readonly (readonly number[])[];
  readonly values: readonly number[];
}

/** Posterior mean of the coefficients of `values = features · coefficients`, rows weighed by `weights` (1 / variance). */
export function regress({ features, values }: Rows, weights: readonly number[], belief: Belief): number[] {
  const n = belief.mean.length;
  const normal = new Float64Array(n * n);
  const pull = belief.mean.map((mean, i) => mean / (belief.spread[i] ?? 1) ** 2);
  belief.spread.forEach((spread, i) => (normal[i * n + i] = 1 / spread ** 2));
  features.forEach((row, k) => {
    const weight = weights[k] ?? 0;
    for (let i = 0; i < n; i++) {
      const own = weight * (row[i] ?? 0);
      pull[i] = (pull[i] ?? 0) + own * (values[k] ?? 0);
      for (let j = 0; j < n; j++) normal[i * n + j] = (normal[i * n + j] ?? 0) + own * (row[j] ?? 0);
    }
  });
  const inverse = invert(cholesky(normal, n));
  return belief.mean.map((_, i) => pull.reduce((sum, own, j) => sum + (inverse[i * n + j] ?? 0) * own, 0));
}
