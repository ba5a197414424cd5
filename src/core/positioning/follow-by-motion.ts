import type { LevelModel, SiteModel } from '../model';
import { emptySignals, type HeardWindow, readSignals } from '../radio/signals';
import type { Rules } from '../rules';
import { type Blob, unitMasses } from '../zoning/unit-masses';
import { errorRadii } from './error-radius';
import { gaitSize as numbersPerGait, type Measured } from './kalman';
import { keepOnLevel, keepPlaceOnLevel } from './keep-on-level';
import { chooseLevel, type LevelLead, levelOf, type Question } from './level-choice';
import { emptySolution, type Near } from './least-squares';
import {
  correctMotion,
  emptyGaits,
  isCalm,
  likelySpeed,
  meanPlace,
  predictMotion,
  startMotion,
  type StoredGaits,
} from './motion';
import type { Place } from './place';

/** What a fix by least squares hands to the next: level and motion. */
export interface FollowedByMotion {
  readonly method: 'least-squares';
  /** Epoch ms. */
  at: number;
  lead: LevelLead;
  readonly gaits: StoredGaits;
  isCalm: boolean;
}

/** Read once: an imported name is looked up at every use. */
const gaitSize = numbersPerGait;
const signals = emptySignals();
const solution = emptySolution();
const measured: Measured = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, lagS: 0 };
const blob: Blob = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
const near: Near = { x: 0, y: 0, variance: 0 };
const gaits = emptyGaits();
const mean: Blob = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
let question: Question | null = null;

/** States of a tag's motion: the one to start from, and one that is needed no more and may be written over. */
export interface MotionStates {
  readonly before: FollowedByMotion | null;
  readonly spare: FollowedByMotion | null;
}

/** Chooses the level, locates on it and corrects the motion by what was found. Writes the place into `place`. */
export function followByMotion(
  { before, spare }: MotionStates,
  heard: HeardWindow,
  model: SiteModel,
  place: Place,
): FollowedByMotion {
  const { rules } = model;
  const count = rules.gaits.length;
  readSignals(heard, rules, signals);
  if (before !== null) {
    predictMotion(before.gaits, Math.max(0, heard.at - before.at) / 1000, rules, gaits);
    takeNear(rules);
  }
  question ??= { signals, near: null, model, method: 'least-squares' };
  question.near = before === null ? null : near;
  question.model = model;
  const lead = chooseLevel(question, before?.lead ?? null, solution);
  takeMeasured(rules);
  if (before === null) startMotion(gaits, measured, rules);
  else correctMotion(gaits, measured, rules);
  const level = levelOf(lead.levelId, model);
  keepOnLevel(gaits, count, level);
  const followed = spare?.gaits.length === count * gaitSize ? spare : emptyState(lead, count);
  for (let i = 0; i < count * gaitSize; i++) followed.gaits[i] = gaits[i] ?? 0;
  followed.at = heard.at;
  followed.lead = lead;
  followed.isCalm = isCalm(followed.gaits);
  placeAt(followed, level, rules, place);
  return followed;
}

const emptyState = (lead: LevelLead, count: number): FollowedByMotion => ({
  method: 'least-squares',
  at: 0,
  lead,
  gaits: new Float32Array(count * gaitSize),
  isCalm: false,
});

/** Where signals may settle what they leave open: near the predicted place, more loosely the faster the tag may be. */
function takeNear(rules: Rules): void {
  meanPlace(gaits, rules.gaits.length, mean);
  const slack = rules.nearSlackM + rules.nearSlackS * likelySpeed(gaits, rules);
  near.x = mean.x;
  near.y = mean.y;
  near.variance = 0.5 * (mean.xx + mean.yy) + slack * slack;
}

/** The place found, the less sure the less of it is news. */
function takeMeasured(rules: Rules): void {
  const perNews = (1 - rules.standingShare) / Math.max(signals.freshShare, rules.leastNews);
  measured.x = solution.x;
  measured.y = solution.y;
  measured.xx = solution.xx * perNews;
  measured.xy = solution.xy * perNews;
  measured.yy = solution.yy * perNews;
  measured.lagS = signals.lagS;
}

/** Mean of the motion and its honest error: what the filter leaves, and the share that no averaging removes. */
function placeAt(followed: FollowedByMotion, level: LevelModel, rules: Rules, out: Place): void {
  meanPlace(followed.gaits, rules.gaits.length, mean);
  keepPlaceOnLevel(mean, level);
  const { standingShare } = rules;
  blob.x = round(mean.x);
  blob.y = round(mean.y);
  blob.xx = mean.xx + standingShare * solution.xx;
  blob.xy = mean.xy + standingShare * solution.xy;
  blob.yy = mean.yy + standingShare * solution.yy;
  errorRadii(blob.xx, blob.xy, blob.yy, out);
  out.at = followed.at;
  out.x = blob.x;
  out.y = blob.y;
  out.radius50 = round(out.radius50);
  out.radius90 = round(out.radius90);
  out.knowsWalls = false;
  unitMasses(level.raster, blob, out.masses);
}

/** Centimetres are enough. */
const round = (metres: number): number => Math.round(metres * 100) / 100;
