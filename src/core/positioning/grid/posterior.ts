import type { LevelId } from '../../ids';
import type { SiteModel } from '../../model';
import type { Track } from '../../track-state';
import { decode } from './belief';
import { gridAt } from './coarser-grid';
import { cellX, cellY } from './floor-grid';
import { recallState } from './followed-on-grid';
import { emptyState } from './grid-state';
import { emptyWindow, levelCell, sizeOf } from './window';

/** Where a tag may be: cells of a level by their middles, metres, and the share of the belief in each, summing to 1. */
export interface Posterior {
  readonly levelId: LevelId;
  readonly cellM: number;
  readonly cells: readonly { readonly x: number; readonly y: number; readonly share: number }[];
}

const window = emptyWindow();
const state = emptyState();

/** What the grid filter believes of a tag after its newest fix; null for a tag not followed on a grid. For pictures. */
export function posteriorOf({ followed }: Track, model: SiteModel): Posterior | null {
  if (followed?.method !== 'bayes-grid') return null;
  const { belief, lead } = recallState(followed, state);
  const grid = model.levels[model.levelIndex.get(lead.levelId) ?? -1]?.grid;
  if (grid === undefined || grid === null) return null;
  const { floor } = gridAt(grid, belief.scale);
  if (floor.unit.length !== belief.cells) return null;
  decode(belief, floor, { margin: 0, restPower: 1 }, window);
  const cells: { x: number; y: number; share: number }[] = [];
  let sum = 0;
  for (let cell = 0; cell < sizeOf(window); cell++) {
    const share = (window.rest[cell] ?? 0) + (window.walk[cell] ?? 0);
    if (share === 0) continue;
    const on = levelCell(window, floor, cell);
    cells.push({ x: cellX(floor, on), y: cellY(floor, on), share });
    sum += share;
  }
  return {
    levelId: lead.levelId,
    cellM: floor.cellM,
    cells: cells.map((cell) => ({ ...cell, share: cell.share / sum })),
  };
}
