import type { Fix } from '../fix';
import type { LevelId } from '../ids';
import type { Rules } from '../rules';

/** Where a tag has stayed, and since when (epoch ms). */
export interface Anchor {
  readonly levelId: LevelId;
  readonly x: number;
  readonly y: number;
  readonly since: number;
}

type Place = Pick<Fix, 'at' | 'levelId' | 'x' | 'y' | 'radius50'>;

/** Whether a tag found here now has stayed at its anchor long enough to be called at rest. */
export function isSettled(anchor: Anchor | null, place: Place, rules: Rules): boolean {
  return anchor !== null && isAt(anchor, place, rules) && isOld(anchor, place, rules);
}

/** The anchor after a fix: while the tag stays within its error of it, drawn a little to the fix; else here and now. */
export function moveAnchor(anchor: Anchor | null, place: Place, rules: Rules): Anchor {
  const { levelId, x, y, at } = place;
  if (anchor === null || !isAt(anchor, place, rules)) return { levelId, x, y, since: at };
  return { levelId, x: draw(anchor.x, x), y: draw(anchor.y, y), since: anchor.since };
}

/** Small enough that a tag pushed slowly still leaves its anchor behind. */
const drawnShare = 0.05;
const draw = (from: number, to: number): number => Math.round((from + drawnShare * (to - from)) * 1000) / 1000;

const isOld = ({ since }: Anchor, { at }: Place, rules: Rules): boolean => at - since >= rules.restAfterMs;

/** A tag at rest must go a little further to be moving than a moving one may stray to come to rest. */
const leavingFactor = 1.3;

function isAt(anchor: Anchor, place: Place, rules: Rules): boolean {
  if (anchor.levelId !== place.levelId) return false;
  const within = Math.max(rules.restWithinM, place.radius50) * (isOld(anchor, place, rules) ? leavingFactor : 1);
  return Math.hypot(place.x - anchor.x, place.y - anchor.y) <= within;
}
