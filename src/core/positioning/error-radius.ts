/**
 * Radii around the mean of a two-dimensional normal that hold it five and nine times in ten. Between a circle
 * (1.1774 σ, 2.1460 σ) and a line (0.6745 σ, 1.6449 σ) by the ratio of the axes, within 3 % of the integral.
 */
export function errorRadii(xx: number, xy: number, yy: number): { radius50: number; radius90: number } {
  const mean = (xx + yy) / 2;
  const half = Math.hypot((xx - yy) / 2, xy);
  const major = Math.sqrt(mean + half);
  const ratio = Math.sqrt(Math.max(mean - half, 0)) / major;
  return {
    radius50: major * (0.6745 + 0.5029 * ratio ** 1.25),
    radius90: major * (1.6449 + 0.5011 * ratio ** 2.44),
  };
}
