import type { LevelModel, SiteModel } from '../../model';
import type { Signals } from '../../radio/signals';
import type { Rules } from '../../rules';
import { nearestOnLevel } from '../keep-on-level';
import { levelOf, loudestLevel, type LevelLead, settleLead } from '../level-choice';
import type { Place } from '../place';
import { emptyWindow, encode, type GridBelief, layUniform, levelCell, mostSide, sizeOf, type Window } from './belief';
import { decodeFaded } from './fade';
import { cellAt, cellX, cellY, type FloorGrid } from './floor-grid';
import { moveOn, reachOf } from './move-on';
import { summarise } from './summary';
import { type Evidence, logLikelihood, weigh } from './weigh';

/** What one fix on the grid hands to the next. */
export interface FollowedOnGrid {
  /** Epoch ms. */
  readonly at: number;
  readonly lead: LevelLead;
  readonly belief: GridBelief;
  readonly isCalm: boolean;
}

const window = emptyWindow();
const fresh = emptyWindow();

/**
 * One step of a Bayes filter over the walkable plan: the belief is carried forward by how tags move between walls,
 * weighed by what was heard, and summed up. What is heard within seconds shares its shadowing, so only a part of it
 * counts as new, and a tag at rest never gathers more than `mostEvidence` looks' worth.
 */
export function followOnGrid(before: FollowedOnGrid | null, signals: Signals, at: number, model: SiteModel) {
  const { rules } = model;
  const dtS = before === null ? Infinity : Math.max(0, at - before.at) / 1000;
  const known = before !== null && dtS <= rules.grid.forgetS && isOfPlan(before, model) ? before : null;
  const lead = known === null ? firstLevel(signals, model) : predict(known, dtS, signals, model);
  const level = levelOf(lead.levelId, model);
  const { floor } = gridOf(level);
  if (known !== null) weigh(window, evidenceOf(level, signals, rules, newShare(dtS, rules)));
  const { x, y, radius50, radius90, restShare, masses } = summarise(window, floor);
  const [onX, onY] = nearestOnLevel(x, y, level);
  const followed: FollowedOnGrid = { at, lead, belief: encode(window, floor), isCalm: restShare > 0.5 };
  const place: Place = {
    level,
    at,
    x: round(onX),
    y: round(onY),
    radius50: round(radius50),
    radius90: round(radius90),
    masses,
    knowsWalls: true,
  };
  return { followed, place };
}

/** Whether a belief was written on the plan as it is now. */
function isOfPlan({ lead, belief }: FollowedOnGrid, model: SiteModel): boolean {
  const level = model.levels[model.levelIndex.get(lead.levelId) ?? -1];
  return level?.grid?.floor.unit.length === belief.cells;
}

/** Centimetres are enough. */
const round = (metres: number): number => Math.round(metres * 100) / 100;

const newShare = (dtS: number, { grid }: Rules): number => 1 - Math.exp(-dtS / grid.evidenceS);

function gridOf(level: LevelModel) {
  if (level.grid === null) throw new RangeError(`Unexpected level without a grid: ${level.level.id}`);
  return level.grid;
}

function evidenceOf(level: LevelModel, signals: Signals, rules: Rules, exponent: number): Evidence {
  const { floor, expected } = gridOf(level);
  return { signals, expected, grid: floor, rules, exponent };
}

/** A first fix: everywhere around the gateways that hear the tag is as likely; of two levels, the likelier. */
function firstLevel(signals: Signals, model: SiteModel): LevelLead {
  const loudest = loudestLevel(signals, model, -1);
  const second = model.levels.length > 1 ? loudestLevel(signals, model, loudest) : -1;
  const first = startOn(window, loudest, signals, model);
  let chosen = loudest;
  if (second >= 0) {
    if (startOn(fresh, second, signals, model) > first) {
      copy(fresh, window);
      chosen = second;
    }
  }
  const level = model.levels[chosen];
  if (level === undefined) throw new RangeError(`Unexpected level ${chosen} of ${model.levels.length}`);
  return { levelId: level.level.id, challenger: null, fixes: 0 };
}

function startOn(out: Window, index: number, signals: Signals, model: SiteModel): number {
  const level = model.levels[index];
  if (level === undefined) return -Infinity;
  layAround(out, level, signals, model.rules);
  return weigh(out, evidenceOf(level, signals, model.rules, 1));
}

/** The largest window around the loudest gateway, uniform. */
function layAround(out: Window, level: LevelModel, signals: Signals, rules: Rules): void {
  const { floor } = gridOf(level);
  let loudest = 0;
  for (let i = 1; i < signals.count; i++) if ((signals.rssi[i] ?? 0) > (signals.rssi[loudest] ?? 0)) loudest = i;
  const gateway = signals.gateway[loudest] ?? 0;
  const column = Math.floor(((level.radio.x[gateway] ?? 0) - floor.minX) / floor.cellM);
  const row = Math.floor(((level.radio.y[gateway] ?? 0) - floor.minY) / floor.cellM);
  const half = mostSide / 2;
  const box = { left: column - half, right: column + half - 1, bottom: row - half, top: row + half - 1 };
  layUniform(out, floor, box, rules.grid.restShare);
}

function copy(from: Window, to: Window): void {
  to.column = from.column;
  to.row = from.row;
  to.width = from.width;
  to.height = from.height;
  to.rest.set(from.rest);
  to.walk.set(from.walk);
}

/** Carries the belief to now and settles its level; afterwards `window` holds the prior on that level. */
function predict(known: FollowedOnGrid, dtS: number, signals: Signals, model: SiteModel): LevelLead {
  const { rules } = model;
  const level = levelOf(known.lead.levelId, model);
  const { floor } = gridOf(level);
  const forgotten = newShare(dtS, rules) / rules.grid.mostEvidence;
  const fading = {
    margin: reachOf(dtS, rules.grid),
    withinPower: 1 - forgotten,
    unitPower: 1 - forgotten / rules.grid.unitMemory,
  };
  decodeFaded(known.belief, floor, fading, window);
  moveOn(window, floor, dtS, rules.grid);
  const present = model.levelIndex.get(level.level.id) ?? 0;
  const other = model.levels.length > 1 ? model.levels[loudestLevel(signals, model, present)] : undefined;
  if (other === undefined) return { levelId: level.level.id, challenger: null, fixes: 0 };
  const ahead = evidenceOn(other, floor, signals, rules) - evidenceOn(level, floor, signals, rules);
  const fixes = rules.levelLeadFixes * (isNearWayUp(level) ? 1 : rules.grid.awayFromStairs);
  const lead = settleLead(known.lead, { challenger: other.level.id, ahead, fixes }, rules);
  if (lead.levelId !== level.level.id) layAround(window, other, signals, rules);
  return lead;
}

/** Least share of the belief in a lift or on stairs that makes a change of level credible. */
const leastOnStairs = 0.01;

/** Whether the tag may be in a lift or on stairs; on a plan that draws none it always may. */
function isNearWayUp({ level, grid }: LevelModel): boolean {
  if (grid === null || !level.units.some(({ connector }) => connector !== null)) return true;
  let [sum, onStairs] = [0, 0];
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const share = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (share === 0) continue;
    sum += share;
    const unit = level.units[grid.floor.unit[levelCell(window, grid.floor, cell)] ?? -1];
    if (unit !== undefined && unit.connector !== null) onStairs += share;
  }
  return onStairs > leastOnStairs * sum;
}

const samples = 48;

/** Log of the mean likelihood over a sample of the predicted places, as if they lay on `level`. */
function evidenceOn(level: LevelModel, under: FloorGrid, signals: Signals, rules: Rules): number {
  const { floor } = gridOf(level);
  const evidence = evidenceOf(level, signals, rules, 1);
  const total = sizeOf(window);
  const stride = Math.max(1, Math.floor(total / samples));
  let [sum, weight] = [0, 0];
  for (let cell = stride >> 1; cell < total; cell += stride) {
    const share = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (share === 0) continue;
    const on = levelCell(window, under, cell);
    const beside = cellAt(floor, cellX(under, on), cellY(under, on));
    if (beside < 0) continue;
    sum += share * Math.exp(logLikelihood(beside, evidence));
    weight += share;
  }
  return weight === 0 ? -Infinity : Math.log(sum / weight);
}
