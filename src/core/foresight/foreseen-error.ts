import type { PlaceLink } from './links-at';

/** Covariance of a position, m². */
export interface Foreseen {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Before any signal a tag is known to be within reach of the gateways that hear it, standard deviation, metres. */
const reachM = 12;

/** Sums of Fisher information over links, the tag's own strength still in it; taking a link out is a subtraction. */
export interface Knowledge {
  xx: number;
  xy: number;
  yy: number;
  /** Shared with the unknown strength. */
  sx: number;
  sy: number;
  ss: number;
}

export function knowledgeOf(links: readonly PlaceLink[], strengthVariance: number): Knowledge {
  const known = { xx: reachM ** -2, xy: 0, yy: reachM ** -2, sx: 0, sy: 0, ss: 1 / Math.max(strengthVariance, 1e-6) };
  for (const link of links) addLink(known, link, 1);
  return known;
}

/** @param times 1 to add, −1 to take out. */
export function addLink(known: Knowledge, { slopeX, slopeY, weight }: PlaceLink, times: 1 | -1): void {
  const own = times * weight;
  known.xx += own * slopeX * slopeX;
  known.xy += own * slopeX * slopeY;
  known.yy += own * slopeY * slopeY;
  known.sx += own * slopeX;
  known.sy += own * slopeY;
  known.ss += own;
}

/**
 * The Cramér–Rao bound of a position when the tag's strength is unknown: the Schur complement of the strength in the
 * information, inverted (Kay, Fundamentals of Statistical Signal Processing: Estimation Theory, 3.7).
 */
export function foreseenError({ xx, xy, yy, sx, sy, ss }: Knowledge): Foreseen {
  const a = xx - (sx * sx) / ss;
  const b = xy - (sx * sy) / ss;
  const d = yy - (sy * sy) / ss;
  const det = Math.max(a * d - b * b, 1e-9);
  return { xx: d / det, xy: -b / det, yy: a / det };
}
