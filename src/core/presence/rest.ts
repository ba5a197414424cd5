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
  return anchor !== null && isAt(anchor, place, rules) && place.at - anchor.since >= rules.restAfterMs;
}

/** The anchor after a fix: the same while the tag stays within its error of it, else here and now. */
export function moveAnchor(anchor: Anchor | null, place: Place, rules: Rules): Anchor {
  if (anchor !== null && isAt(anchor, place, rules)) return anchor;
  return { levelId: place.levelId, x: place.x, y: place.y, since: place.at };
}

function isAt(anchor: Anchor, place: Place, rules: Rules): boolean {
  if (anchor.levelId !== place.levelId) return false;
  return Math.hypot(place.x - anchor.x, place.y - anchor.y) <= Math.max(rules.restWithinM, place.radius50);
}
