import type { LevelModel, SiteModel } from '../../model';
import type { LevelId } from '../../ids';
import { loudestLevel } from '../level-choice';
import { emptyWindow, levelCell, sizeOf, type Window } from './belief';
import type { LevelGrid } from './coarser-grid';
import { cellAt, cellX, cellY, type FloorGrid } from './floor-grid';
import type { News } from './news';
import type { Strength } from './strength';
import { type Evidence, logLikelihood, weigh } from './weigh';
import { copyWindow, gridUnder, layAround } from './window-on-level';

const fresh = emptyWindow();

/** What was heard of a tag, and how strong it is taken to be. */
export interface Listened {
  readonly signals: News;
  readonly strength: Strength;
}

/** The likelihood of a look at full power. */
const wholeLook = ({ floor, expected }: LevelGrid, { signals, strength }: Listened, model: SiteModel): Evidence => ({
  signals,
  expected,
  grid: floor,
  rules: model.rules,
  rest: 1,
  walk: 1,
  stillness: 0,
  strength,
});

/** A first fix: everywhere around the gateways that hear the tag is as likely; of two levels, the likelier. */
export function firstLevel(window: Window, heard: Listened, model: SiteModel): LevelOdds {
  const loudest = loudestLevel(heard.signals, model, -1);
  const second = model.levels.length > 1 ? loudestLevel(heard.signals, model, loudest) : -1;
  const first = startOn(window, loudest, heard, model);
  let chosen = loudest;
  if (second >= 0 && startOn(fresh, second, heard, model) > first) {
    copyWindow(fresh, window);
    chosen = second;
  }
  const level = model.levels[chosen];
  if (level === undefined) throw new RangeError(`Unexpected level ${chosen} of ${model.levels.length}`);
  return { levelId: level.level.id, challenger: null, odds: 0 };
}

function startOn(out: Window, index: number, heard: Listened, model: SiteModel): number {
  const level = model.levels[index];
  if (level === undefined) return -Infinity;
  layAround(out, level, heard.signals, model.rules);
  return weigh(out, wholeLook(gridUnder(out, level), heard, model));
}

/** The level of a tag: the one it is on, and the log-odds of the one that competes with it. */
export interface LevelOdds {
  readonly levelId: LevelId;
  readonly challenger: LevelId | null;
  readonly odds: number;
}

export interface Look extends Listened {
  /** Power the likelihood of the look counts by. */
  readonly power: number;
  readonly dtS: number;
}

/**
 * A forward step over two levels. Only stairs and lifts lead from one to the other, but plans err, so a little leaks. When
 * the other level is all but sure, `window` is laid anew there.
 */
export function settleLevel(window: Window, lead: LevelOdds, look: Look, model: SiteModel): LevelOdds {
  const { rules } = model;
  const present = model.levelIndex.get(lead.levelId) ?? 0;
  const level = model.levels[present];
  const other = model.levels.length > 1 ? model.levels[loudestLevel(look.signals, model, present)] : undefined;
  if (level === undefined || other === undefined) return lead;
  const grid = gridUnder(window, level);
  const here = evidenceOn(window, grid.floor, wholeLook(grid, look, model));
  const ahead = evidenceOn(window, grid.floor, wholeLook(gridUnder(window, other), look, model)) - here;
  const said = look.power * Math.max(-mostSaid, Math.min(mostSaid, ahead));
  const changed = Math.min(
    0.5,
    look.dtS * (rules.grid.levelLeakPerS + rules.grid.climbPerS * shareOnStairs(window, grid, level)),
  );
  const before = lead.challenger === other.level.id ? Math.exp(lead.odds) : 0;
  const odds = Math.log(before + changed) + said;
  if (odds < sure) return { levelId: lead.levelId, challenger: other.level.id, odds: Math.round(odds * 100) / 100 };
  layAround(window, other, look.signals, rules);
  return { levelId: other.level.id, challenger: null, odds: 0 };
}

/** What one look may say of the level at most: slabs have holes. */
const mostSaid = 3;
/** Log-odds from which the other level is taken: nine to one. */
const sure = Math.log(9);

/** Share of a belief in lifts and on stairs; on a plan that draws none they may be anywhere. */
function shareOnStairs(window: Window, { floor }: LevelGrid, { level }: LevelModel): number {
  if (!level.units.some(({ connector }) => connector !== null)) return 1;
  let onStairs = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const share = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (share === 0) continue;
    const unit = level.units[floor.unit[levelCell(window, floor, cell)] ?? -1];
    if (unit !== undefined && unit.connector !== null) onStairs += share;
  }
  return onStairs;
}

const samples = 48;

/** Log of the mean likelihood over a sample of the predicted places, as if they lay on the level of `evidence`. */
function evidenceOn(window: Window, under: FloorGrid, evidence: Evidence): number {
  const total = sizeOf(window);
  const stride = Math.max(1, Math.floor(total / samples));
  let [sum, weight] = [0, 0];
  for (let cell = stride >> 1; cell < total; cell += stride) {
    const share = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (share === 0) continue;
    const on = levelCell(window, under, cell);
    const beside = cellAt(evidence.grid, cellX(under, on), cellY(under, on));
    if (beside < 0) continue;
    sum += share * Math.exp(logLikelihood(beside, evidence));
    weight += share;
  }
  return weight === 0 ? -Infinity : Math.log(sum / weight);
}
