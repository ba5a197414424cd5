import type { LevelId } from '../ids';
import type { LevelModel, SiteModel } from '../model';
import type { Signals } from '../radio/signals';
import { emptySolution, locate, type MethodName, type Near } from './locate';
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
  readonly method: MethodName;
}

const challenge = emptySolution();
const loudness: number[] = [];

/**
 * The tag's level and its place on it, from the gateways of all levels through the slabs between. A first fix takes
 * the likelier level; after it another level must lead by a margin of log-odds for several fixes in a row.
 */
export function chooseLevel(question: Question, lead: LevelLead | null, out: Solution): LevelLead {
  const { model } = question;
  const present =
    lead === null ? loudestLevel(question, -1) : (model.levelIndex.get(lead.levelId) ?? loudestLevel(question, -1));
  solve(question, model.levels[present], out);
  const stay: LevelLead = { levelId: levelIdAt(model, present), challenger: null, fixes: 0 };
  const other = model.levels.length > 1 ? loudestLevel(question, present) : -1;
  if (other < 0) return stay;
  solve(question, model.levels[other], challenge);
  const ahead = out.cost - challenge.cost;
  if (ahead < (lead === null ? 0 : model.rules.levelLead)) return stay;
  const levelId = levelIdAt(model, other);
  const fixes = lead?.challenger === levelId ? lead.fixes + 1 : 1;
  if (lead !== null && fixes < model.rules.levelLeadFixes) return { ...stay, challenger: levelId, fixes };
  Object.assign(out, challenge);
  return { levelId, challenger: null, fixes: 0 };
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
function loudestLevel({ signals, model }: Question, except: number): number {
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
