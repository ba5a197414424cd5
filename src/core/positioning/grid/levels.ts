import type { LevelModel, SiteModel } from '../../model';
import { loudestLevel, type LevelLead, settleLead } from '../level-choice';
import { emptyWindow, levelCell, sizeOf, type Window } from './belief';
import { cellAt, cellX, cellY, type FloorGrid } from './floor-grid';
import type { News } from './news';
import { type Evidence, logLikelihood, weigh } from './weigh';
import { copyWindow, gridOf, layAround } from './window-on-level';

const fresh = emptyWindow();

/** The likelihood of a look at full power. */
export const wholeLook = (level: LevelModel, signals: News, model: SiteModel): Evidence => ({
  signals,
  expected: gridOf(level).expected,
  grid: gridOf(level).floor,
  rules: model.rules,
  rest: 1,
  walk: 1,
  stillness: 0,
});

/** A first fix: everywhere around the gateways that hear the tag is as likely; of two levels, the likelier. */
export function firstLevel(window: Window, signals: News, model: SiteModel): LevelLead {
  const loudest = loudestLevel(signals, model, -1);
  const second = model.levels.length > 1 ? loudestLevel(signals, model, loudest) : -1;
  const first = startOn(window, loudest, signals, model);
  let chosen = loudest;
  if (second >= 0 && startOn(fresh, second, signals, model) > first) {
    copyWindow(fresh, window);
    chosen = second;
  }
  const level = model.levels[chosen];
  if (level === undefined) throw new RangeError(`Unexpected level ${chosen} of ${model.levels.length}`);
  return { levelId: level.level.id, challenger: null, fixes: 0 };
}

function startOn(out: Window, index: number, signals: News, model: SiteModel): number {
  const level = model.levels[index];
  if (level === undefined) return -Infinity;
  layAround(out, level, signals, model.rules);
  return weigh(out, wholeLook(level, signals, model));
}

/** Settles the level of a belief carried to now; when it is another, `window` is laid anew there. */
export function settleLevel(window: Window, lead: LevelLead, signals: News, model: SiteModel): LevelLead {
  const { rules } = model;
  const present = model.levelIndex.get(lead.levelId) ?? 0;
  const level = model.levels[present];
  const other = model.levels.length > 1 ? model.levels[loudestLevel(signals, model, present)] : undefined;
  if (level === undefined || other === undefined) return { levelId: lead.levelId, challenger: null, fixes: 0 };
  const { floor } = gridOf(level);
  const here = evidenceOn(window, floor, wholeLook(level, signals, model));
  const ahead = evidenceOn(window, floor, wholeLook(other, signals, model)) - here;
  const fixes = rules.levelLeadFixes * (isNearWayUp(window, level) ? 1 : rules.grid.awayFromStairs);
  const settled = settleLead(lead, { challenger: other.level.id, ahead, fixes }, rules);
  if (settled.levelId !== lead.levelId) layAround(window, other, signals, rules);
  return settled;
}

/** Least share of the belief in a lift or on stairs that makes a change of level credible. */
const leastOnStairs = 0.01;

/** Whether the tag may be in a lift or on stairs; on a plan that draws none it always may. */
function isNearWayUp(window: Window, { level, grid }: LevelModel): boolean {
  if (grid === null || !level.units.some(({ connector }) => connector !== null)) return true;
  let onStairs = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const share = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (share === 0) continue;
    const unit = level.units[grid.floor.unit[levelCell(window, grid.floor, cell)] ?? -1];
    if (unit !== undefined && unit.connector !== null) onStairs += share;
  }
  return onStairs > leastOnStairs;
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
