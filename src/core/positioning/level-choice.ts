import type { LevelId } from '../ids';
import type { LevelModel, SiteModel } from '../model';
import type { Signals } from '../radio/signals';
import type { Rules } from '../rules';
import { emptySolution, locate, type PlacingName, type Near } from './locate';
import type { Solution } from './least-squares';

/** The level a tag is on, and the one that has been likelier for some fixes. */
export interface LevelLead {
  readonly levelId: LevelId;
  readonly challenger: LevelId | null;
  /** Fixes in a row the challenger has led by the margin. */
  readonly fixes: number;
}

export interface Question {
  readonly signals: Signals;
  readonly near: Near | null;
  readonly model: SiteModel;
  readonly method: PlacingName;
}

const challenge = emptySolution();
const loudness: number[] = [];

/**
 * The tag's level and its place on it, from the gateways of all levels through the slabs between. A first fix takes
 * the likelier level; after it another level must lead by a margin of log-odds for several fixes in a row.
 */
export function chooseLevel(question: Question, lead: LevelLead | null, out: Solution): LevelLead {
  const { model, signals } = question;
  const loudest = (): number => loudestLevel(signals, model, -1);
  const present = lead === null ? loudest() : (model.levelIndex.get(lead.levelId) ?? loudest());
  solve(question, model.levels[present], out);
  const levelId = levelIdAt(model, present);
  const other = model.levels.length > 1 ? loudestLevel(signals, model, present) : -1;
  if (other < 0) return { levelId, challenger: null, fixes: 0 };
  solve(question, model.levels[other], challenge);
  const ahead = out.cost - challenge.cost;
  const challenger = levelIdAt(model, other);
  const settled =
    lead === null
      ? { levelId: ahead < 0 ? levelId : challenger, challenger: null, fixes: 0 }
      : settleLead({ ...lead, levelId }, { challenger, ahead, fixes: model.rules.levelLeadFixes }, model.rules);
  if (settled.levelId !== levelId) Object.assign(out, challenge);
  return settled;
}

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
  if (!(ahead >= rules.levelLead)) return { levelId, challenger: null, fixes: 0 };
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

/** Index of the level whose gateways hear the tag loudest in sum of amplitudes, `except` left out; −1 when none does. */
export function loudestLevel(signals: Signals, model: SiteModel, except: number): number {
  loudness.length = 0;
  for (let i = 0; i < signals.count; i++) {
    const level = model.gatewayLevel[signals.gateway[i] ?? 0] ?? 0;
    loudness[level] = (loudness[level] ?? 0) + 10 ** ((signals.rssi[i] ?? 0) / 20);
  }
  let loudest = -1;
  for (let level = 0; level < model.levels.length; level++) {
    if (level === except || loudness[level] === undefined) continue;
    if (loudest < 0 || (loudness[level] ?? 0) > (loudness[loudest] ?? 0)) loudest = level;
  }
  return loudest;
}
