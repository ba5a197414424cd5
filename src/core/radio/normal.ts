/** Density of the standard normal distribution. */
export const normalDensity = (z: number): number => 0.3989422804014327 * Math.exp(-0.5 * z * z);

/** Share of the standard normal distribution below z (Abramowitz and Stegun, 7.1.26: within 1e-7). */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const above = 0.5 * tail * Math.exp(-x * x);
  return z > 0 ? 1 - above : above;
}
