import type { LevelModel } from '../../model';
import type { Signals } from '../../radio/signals';
import type { Rules } from '../../rules';
import { coarsest, gridAt, type LevelGrid, type LevelGrids } from './coarser-grid';
import type { FloorGrid } from './floor-grid';
import { layUniform, mostSide, type Window } from './window';

export function gridsOf(level: LevelModel): LevelGrids {
  if (level.grid === null) throw new RangeError(`Unexpected level without a grid: ${level.level.id}`);
  return level.grid;
}

/** The level's grid in cells of a window's size, or in the coarsest it has. */
export const gridUnder = ({ scale }: Window, level: LevelModel): LevelGrid => gridAt(gridsOf(level), scale);

/** A tag first heard is taken to be within so many metres of the loudest gateway along each axis, in at most so many cells. */
const reachM = 24;
const mostFirstCells = 2048;

/** A window around the loudest gateway, uniform, in the finest cells that are not too many. */
export function layAround(out: Window, level: LevelModel, signals: Signals, rules: Rules): void {
  const grids = gridsOf(level);
  out.scale = 0;
  while (out.scale < coarsest(grids) && cellsAround(gridAt(grids, out.scale).floor) > mostFirstCells) out.scale++;
  const { floor } = gridAt(grids, out.scale);
  let loudest = 0;
  for (let i = 1; i < signals.count; i++) if ((signals.rssi[i] ?? 0) > (signals.rssi[loudest] ?? 0)) loudest = i;
  const gateway = signals.gateway[loudest] ?? 0;
  const column = Math.floor(((level.radio.x[gateway] ?? 0) - floor.minX) / floor.cellM);
  const row = Math.floor(((level.radio.y[gateway] ?? 0) - floor.minY) / floor.cellM);
  const half = halfSide(floor);
  const box = { left: column - half, right: column + half - 1, bottom: row - half, top: row + half - 1 };
  layUniform(out, floor, box, rules.grid.restShare);
}

const halfSide = ({ cellM }: FloorGrid): number => Math.min(mostSide / 2, Math.ceil(reachM / cellM));

function cellsAround(floor: FloorGrid): number {
  const side = 2 * halfSide(floor);
  return Math.min(side, floor.columns) * Math.min(side, floor.rows);
}
