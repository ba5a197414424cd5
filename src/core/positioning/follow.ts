import type { LevelModel, SiteModel } from '../model';
import { emptySignals, type HeardWindow, readSignals } from '../radio/signals';
import type { Rules } from '../rules';
import { unitMasses } from '../zoning/unit-masses';
import { errorRadii } from './error-radius';
import { keepOnLevel, nearestOnLevel } from './keep-on-level';
import { followOnGrid, type FollowedOnGrid } from './grid/follow-on-grid';
import { chooseLevel, type LevelLead, levelOf } from './level-choice';
import { emptySolution, type Near } from './locate';
import {
  correctMotion,
  isCalm,
  likelySpeed,
  meanMotion,
  type Motion,
  predictMotion,
  roundMotion,
  startMotion,
} from './motion';
import type { Place } from './place';

/** Where a tag is taken to be and how it moves: what one fix hands to the next. */
export type Followed = FollowedByMotion | FollowedOnGrid;

export interface FollowedByMotion {
  readonly motion: Motion;
  readonly lead: LevelLead;
}

/** Epoch ms for which a state holds. */
export const instantOf = (followed: Followed): number => ('motion' in followed ? followed.motion.at : followed.at);

/** Whether rest is likelier than any other way to move. */
export const isAtRest = (followed: Followed): boolean =>
  'motion' in followed ? isCalm(followed.motion) : followed.isCalm;

export interface Step {
  readonly followed: Followed;
  readonly place: Place;
}

/** One step by the method the rules name. A state the other method left is not used. */
export function follow(before: Followed | null, heard: HeardWindow, at: number, model: SiteModel): Step {
  if (model.rules.method === 'bayes-grid') {
    return followOnGrid(before !== null && 'belief' in before ? before : null, heard, at, model);
  }
  return followByMotion(before !== null && 'motion' in before ? before : null, heard, at, model);
}

const signals = emptySignals();

const solution = emptySolution();

/** Chooses the level, locates on it and corrects the motion by what was found. */
function followByMotion(before: FollowedByMotion | null, heard: HeardWindow, at: number, model: SiteModel): Step {
  const { rules } = model;
  readSignals(heard, rules, signals);
  const predicted = before === null ? null : predictMotion(before.motion, at, rules);
  const near = predicted === null ? null : nearOf(predicted, rules);
  const lead = chooseLevel({ signals, near, model, method: 'least-squares' }, before?.lead ?? null, solution);
  const news = Math.max(signals.freshShare, rules.leastNews) / (1 - rules.standingShare);
  const { x, y, xx, xy, yy } = solution;
  const measured = { x, y, xx: xx / news, xy: xy / news, yy: yy / news, lagS: signals.lagS };
  const corrected = predicted === null ? startMotion(at, measured, rules) : correctMotion(predicted, measured, rules);
  const level = levelOf(lead.levelId, model);
  const motion = roundMotion(keepOnLevel(corrected, level));
  return { followed: { lead, motion }, place: placeOf(motion, level, rules) };
}

/** Where signals may settle what they leave open: near the predicted place, more loosely the faster the tag may be. */
function nearOf(predicted: Motion, rules: Rules): Near {
  const { state, covariance } = meanMotion(predicted);
  const slack = rules.nearSlackM + rules.nearSlackS * likelySpeed(predicted, rules);
  return {
    x: state[0] ?? 0,
    y: state[1] ?? 0,
    variance: 0.5 * ((covariance[0] ?? 0) + (covariance[5] ?? 0)) + slack ** 2,
  };
}

/** Mean of the motion and its honest error: what the filter leaves, and the share that no averaging removes. */
function placeOf(motion: Motion, level: LevelModel, { standingShare }: Rules): Place {
  const { state, covariance } = meanMotion(motion);
  const [x, y] = nearestOnLevel(state[0] ?? 0, state[1] ?? 0, level);
  const [pxx = 0, pxy = 0, , , , pyy = 0] = covariance;
  const blob = {
    x: round(x),
    y: round(y),
    xx: pxx + standingShare * solution.xx,
    xy: pxy + standingShare * solution.xy,
    yy: pyy + standingShare * solution.yy,
  };
  const { radius50, radius90 } = errorRadii(blob.xx, blob.xy, blob.yy);
  return {
    level,
    at: motion.at,
    x: blob.x,
    y: blob.y,
    radius50: round(radius50),
    radius90: round(radius90),
    masses: unitMasses(level.raster, blob),
    knowsWalls: false,
  };
}

/** Centimetres are enough. */
const round = (metres: number): number => Math.round(metres * 100) / 100;
