import { lengthOf } from '../fast-math';
import type { Fix } from '../fix';
import type { LevelId } from '../ids';
import type { Rules } from '../rules';

/** Where a tag has stayed on its level, in whole millimetres, and since when (epoch ms). */
export interface Stay {
  xMm: number;
  yMm: number;
  since: number;
}

/** Owned by its track and written over. */
export interface Anchor extends Stay {
  levelId: LevelId;
  /** Where it rested before its rest came into doubt; null when that was not in this room. */
  before: Stay | null;
}

type Place = Pick<Fix, 'at' | 'levelId' | 'x' | 'y' | 'radius90'>;

/** Whether a tag found here now has stayed at its anchor long enough to be called at rest. */
export function isSettled(anchor: Anchor | null, place: Place, rules: Rules): boolean {
  return anchor !== null && isAt(anchor, place, rules) && isOld(anchor, place, rules);
}

/**
 * The anchor after a fix: while the tag stays within its error of it, drawn a little to the fix; else here and now. A
 * rest that was only doubted is one rest: a tag that settles again where it rested, as far as can be told, and has not
 * left the room since, has rested all along.
 * @param anchor the one before, written over
 */
export function moveAnchor(anchor: Anchor | null, place: Place, hasLeft: boolean, rules: Rules): Anchor {
  const { levelId, at } = place;
  const xMm = millimetres(place.x);
  const yMm = millimetres(place.y);
  if (anchor === null) return { xMm, yMm, since: at, levelId, before: null };
  if (hasLeft) anchor.before = null;
  if (!isAt(anchor, place, rules)) {
    anchor.before = hasLeft ? null : restBefore(anchor, place, rules);
    anchor.levelId = levelId;
    anchor.xMm = xMm;
    anchor.yMm = yMm;
    anchor.since = at;
    return anchor;
  }
  const { before } = anchor;
  const hasSettled = isOld(anchor, place, rules);
  if (before !== null && hasSettled && distance(before, place) <= bothErr * place.radius90) anchor.since = before.since;
  if (hasSettled) anchor.before = null;
  anchor.xMm = draw(anchor.xMm, xMm);
  anchor.yMm = draw(anchor.yMm, yMm);
  return anchor;
}

/** Two places are told apart by the error of both. */
const bothErr = Math.SQRT2;

/** The rest a tag strays from; while it has not settled again, that is the one before. */
function restBefore(anchor: Anchor, place: Place, rules: Rules): Stay | null {
  if (anchor.levelId !== place.levelId) return null;
  const { xMm, yMm, since, before } = anchor;
  return isOld(anchor, place, rules) ? { xMm, yMm, since } : before;
}

/** Small enough that a tag pushed slowly still leaves its anchor behind. */
const drawnShare = 0.05;
const draw = (from: number, to: number): number => Math.round(from + drawnShare * (to - from));
const millimetres = (metres: number): number => Math.round(metres * 1000);

const isOld = ({ since }: Anchor, { at }: Place, rules: Rules): boolean => at - since >= rules.restAfterMs;

/** Half of all errors lie within so much of the radius that holds nine tenths (Rayleigh: the root of ln 2 over ln 10). */
const usualShare = 0.55;
/** A tag at rest must go a little further to be moving than a moving one may stray to come to rest. */
const leavingFactor = 1.3;

function isAt(anchor: Anchor, place: Place, rules: Rules): boolean {
  if (anchor.levelId !== place.levelId) return false;
  const within =
    Math.max(rules.restWithinM, usualShare * place.radius90) * (isOld(anchor, place, rules) ? leavingFactor : 1);
  return distance(anchor, place) <= within;
}

const distance = ({ xMm, yMm }: Stay, { x, y }: Place): number => lengthOf(xMm / 1000 - x, yMm / 1000 - y);
