/** Radii that hold the truth five and nine times in ten, metres. */
export interface Radii {
  radius50: number;
  radius90: number;
}

/**
 * Radii around the mean of a two-dimensional normal that hold it five and nine times in ten. Between a circle
 * (1.1774 σ, 2.1460 σ) and a line (0.6745 σ, 1.6449 σ) by the ratio of the axes, within 5 % of the integral. Written into
 * `out`, which is returned.
 */
export function errorRadii<Out extends Radii>(xx: number, xy: number, yy: number, out: Out): Out {
  const mean = (xx + yy) / 2;
  const apart = (xx - yy) / 2;
  const half = Math.sqrt(apart * apart + xy * xy);
  const major = Math.sqrt(mean + half);
  const ratio = Math.sqrt(Math.max(mean - half, 0)) / major;
  const root = Math.sqrt(ratio);
  out.radius50 = major * (0.6745 + 0.5029 * ratio * Math.sqrt(root));
  out.radius90 = major * (1.6449 + 0.5011 * ratio * ratio * root);
  return out;
}
