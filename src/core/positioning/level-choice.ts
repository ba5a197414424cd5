import type { LevelId } from '../ids';
import type { LevelModel, SiteModel } from '../model';
import type { Signals } from '../radio/signals';
import type { Rules } from '../rules';
import { expDown } from '../fast-math';
import { copySolution, emptySolution, type Near, type Solution } from './least-squares';
import { locate, type PlacingName } from './locate';

/** The level a tag is on, and the one that has been likelier for some fixes. */
export interface LevelLead {
  readonly levelId: LevelId;
  readonly challenger: LevelId | null;
  /** Fixes in a row the challenger has led by the margin. */
  readonly fixes: number;
}

/** What is asked. Made once and filled in for every fix. */
export interface Question {
  readonly signals: Signals;
  near: Near | null;
  model: SiteModel;
  readonly method: PlacingName;
}

const challenge = emptySolution();
let loudness = new Float64Array(8);

/**
 * The tag's level and its place on it, from the gateways of all levels through the slabs between. A first fix takes
 * the likelier level; after it another level must lead by a margin of log-odds for several fixes in a row.
 */
export function chooseLevel(question: Question, lead: LevelLead | null, out: Solution): LevelLead {
  const { model, signals } = question;
  const known = lead === null ? -1 : (model.levelIndex.get(lead.levelId) ?? -1);
  const present = known >= 0 ? known : loudestLevel(signals, model, -1);
  solve(question, model.levels[present], out);
  const levelId = levelIdAt(model, present);
  const own = lead?.levelId === levelId ? lead : { levelId, challenger: null, fixes: 0 };
  const other = model.levels.length > 1 ? loudestLevel(signals, model, present) : -1;
  if (other < 0 || (own.challenger === null && isFarQuieter(other, present))) return unchallenged(own);
  solve(question, model.levels[other], challenge);
  const ahead = out.cost - challenge.cost;
  const challenger = levelIdAt(model, other);
  const settled =
    lead === null
      ? { levelId: ahead < 0 ? levelId : challenger, challenger: null, fixes: 0 }
      : settleLead(own, { challenger, ahead, fixes: model.rules.levelLeadFixes }, model.rules);
  if (settled.levelId !== levelId) copySolution(challenge, out);
  return settled;
}

/** The same lead without a challenger; itself when it has none. */
const unchallenged = (lead: LevelLead): LevelLead =>
  lead.challenger === null && lead.fixes === 0 ? lead : { levelId: lead.levelId, challenger: null, fixes: 0 };

export interface Challenge {
  readonly challenger: LevelId;
  /** Log-odds by which it leads. */
  readonly ahead: number;
  /** Fixes in a row it must lead for. */
  readonly fixes: number;
}

/** The lead after a fix: a challenger takes the level once it was ahead by the margin for so many fixes in a row. */
export function settleLead(lead: LevelLead, { challenger, ahead, ...asked }: Challenge, rules: Rules): LevelLead {
  const { levelId } = lead;
  if (!(ahead >= rules.levelLead)) return unchallenged(lead);
  const fixes = lead.challenger === challenger ? lead.fixes + 1 : 1;
  if (fixes < asked.fixes) return { levelId, challenger, fixes };
  return { levelId: challenger, challenger: null, fixes: 0 };
}

export function levelOf(levelId: LevelId, model: SiteModel): LevelModel {
  const level = model.levels[model.levelIndex.get(levelId) ?? -1];
  if (level === undefined) throw new RangeError(`Unexpected level ${levelId}`);
  return level;
}

function levelIdAt(model: SiteModel, index: number): LevelId {
  const level = model.levels[index];
  if (level === undefined) throw new RangeError(`Unexpected level ${index} of ${model.levels.length}`);
  return level.level.id;
}

function solve({ signals, near, model, method }: Question, level: LevelModel | undefined, out: Solution): void {
  if (level === undefined) return;
  locate(method, { signals, near, radio: level.radio, bounds: level.level.bounds, rules: model.rules }, out);
}

/**
 * Whether a level was heard so much more quietly than the present one, when levels were last compared, that it cannot be
 * likelier: a slab costs more than that.
 */
const isFarQuieter = (level: number, present: number): boolean =>
  (loudness[level] ?? 0) < openShare * (loudness[present] ?? 0);

/** 12 dB, in amplitudes. */
const openShare = 1 / 4;

/** Nepers of an amplitude per dB. */
const perDb = Math.LN10 / 20;

/** Index of the level whose gateways hear the tag loudest in sum of amplitudes, `except` left out; −1 when none does. */
export function loudestLevel(signals: Signals, model: SiteModel, except: number): number {
  const levels = model.levels.length;
  if (loudness.length < levels) loudness = new Float64Array(levels);
  for (let level = 0; level < levels; level++) loudness[level] = -1;
  for (let i = 0; i < signals.count; i++) {
    const level = model.gatewayLevel[signals.gateway[i] ?? 0] ?? 0;
    const amplitude = expDown(-Math.min(0, signals.rssi[i] ?? 0) * perDb);
    loudness[level] = Math.max(0, loudness[level] ?? 0) + amplitude;
  }
  let loudest = -1;
  for (let level = 0; level < levels; level++) {
    if (level === except || (loudness[level] ?? -1) < 0) continue;
    if (loudest < 0 || (loudness[level] ?? 0) > (loudness[loudest] ?? 0)) loudest = level;
  }
  return loudest;
}
