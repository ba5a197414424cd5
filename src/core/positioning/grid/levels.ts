import type { LevelModel, SiteModel } from '../../model';
import type { LevelId } from '../../ids';
import { loudestLevel } from '../level-choice';
import type { LevelGrid } from './coarser-grid';
import { cellAt, cellX, cellY, type FloorGrid } from './floor-grid';
import { misfits, score } from './likelihood';
import { cells, listSample, listWeighty, places } from './listed-cells';
import type { News } from './news';
import type { Strength } from './strength';
import { type Evidence, weigh } from './weigh';
import { copyWindow, emptyWindow, type Window } from './window';
import { gridUnder, layAround } from './window-on-level';

const fresh = emptyWindow();

/** What was heard of a tag, and how strong it is taken to be. */
export interface Listened {
  readonly signals: News;
  readonly strength: Strength;
}

/** The likelihood of a look at full power. */
function wholeLook({ floor, expected }: LevelGrid, { signals, strength }: Listened, { rules }: SiteModel): Evidence {
  return { signals, expected, grid: floor, rules, rest: 1, walk: 1, stillness: 0, strength };
}

/** A first fix: everywhere around the gateways that hear the tag is as likely; of two levels, the likelier. */
export function firstLevel(window: Window, heard: Listened, model: SiteModel, lead: LevelOdds): void {
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
  take(lead, level.level.id);
}

function take(lead: LevelOdds, levelId: LevelId): void {
  lead.levelId = levelId;
  lead.challenger = null;
  lead.odds = 0;
}

function startOn(out: Window, index: number, heard: Listened, model: SiteModel): number {
  const level = model.levels[index];
  if (level === undefined) return -Infinity;
  layAround(out, level, heard.signals, model.rules);
  const look = wholeLook(gridUnder(out, level), heard, model);
  return weigh(out, listWeighty(out, look.grid), look);
}

/** The level of a tag: the one it is on, and the log-odds of the one that competes with it. */
export interface LevelOdds {
  levelId: LevelId;
  challenger: LevelId | null;
  odds: number;
}

export function copyLead(from: LevelOdds, to: LevelOdds): void {
  to.levelId = from.levelId;
  to.challenger = from.challenger;
  to.odds = from.odds;
}

export interface Look extends Listened {
  /** Power the likelihood of the look counts by. */
  power: number;
  dtS: number;
}

/**
 * A forward step over two levels. Only stairs and lifts lead from one to the other, but plans err, so a little leaks. When
 * the other level is all but sure, `window` is laid anew there.
 * @returns whether the tag is on another level now
 */
export function settleLevel(window: Window, lead: LevelOdds, look: Look, model: SiteModel): boolean {
  const { rules } = model;
  const present = model.levelIndex.get(lead.levelId) ?? 0;
  const level = model.levels[present];
  const other = model.levels.length > 1 ? model.levels[loudestLevel(look.signals, model, present)] : undefined;
  if (level === undefined || other === undefined) return false;
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
  if (odds < sure) {
    lead.challenger = other.level.id;
    lead.odds = Math.round(odds * 100) / 100;
    return false;
  }
  layAround(window, other, look.signals, rules);
  take(lead, other.level.id);
  return true;
}

/** What one look may say of the level at most: slabs have holes. */
const mostSaid = 3;
/** Log-odds from which the other level is taken: nine to one. */
const sure = Math.log(9);

/** Share of a belief in lifts and on stairs; on a plan that draws none they may be anywhere. */
function shareOnStairs(window: Window, { floor }: LevelGrid, { grid }: LevelModel): number {
  const stairs = grid?.stairs ?? null;
  if (stairs === null) return 1;
  const { rest, walk, width, height } = window;
  let onStairs = 0;
  for (let y = 0, cell = 0; y < height; y++) {
    const on = (window.row + y) * floor.columns + window.column;
    for (let x = 0; x < width; x++, cell++) {
      if (stairs[floor.unit[on + x] ?? -1] === 1) onStairs += (rest[cell] ?? 0) + (walk[cell] ?? 0);
    }
  }
  return onStairs;
}

const samples = 48;

/** Log of the mean likelihood over a sample of the predicted places, as if they lay on the level of `evidence`. */
function evidenceOn(window: Window, under: FloorGrid, evidence: Evidence): number {
  const count = listBeside(listSample(window, under, samples), under, evidence.grid);
  const best = score(count, evidence);
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < count; i++) {
    const share = (window.rest[cells[i] ?? 0] ?? 0) + (window.walk[cells[i] ?? 0] ?? 0);
    sum += share * Math.exp((misfits[i] ?? 0) - best);
    weight += share;
  }
  return weight === 0 ? -Infinity : best + Math.log(sum / weight);
}

/** Puts the cells of another level at the same places in place of those listed; returns how many it has. */
function listBeside(count: number, under: FloorGrid, other: FloorGrid): number {
  if (under === other) return count;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const on = places[i] ?? 0;
    const beside = cellAt(other, cellX(under, on), cellY(under, on));
    if (beside < 0) continue;
    cells[found] = cells[i] ?? 0;
    places[found++] = beside;
  }
  return found;
}
