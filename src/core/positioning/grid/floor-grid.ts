import { sqDistToSegment } from '../../geometry/segment';
import type { GridRules } from '../../rules';
import type { Bounds, Level, Opening } from '../../site';
import { type UnitRaster, unitAt } from '../../zoning/unit-raster';

/** The walkable plan of a level as square cells, row by row from its lower left corner. */
export interface FloorGrid {
  readonly minX: number;
  readonly minY: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Index into the level's units; −1 for a cell one can stand on in no unit, −2 for one nobody can stand on. */
  readonly unit: Int16Array;
  /** What passes from a cell to the next of its row, and to the same of the next row: 1 all, 0 nothing, a wall's leak. */
  readonly right: Float32Array;
  readonly up: Float32Array;
}

/** Small levels can be cut finer at no cost. */
function cellSide({ minX, minY, maxX, maxY }: Bounds, { cellM, finestCellM, cellsPerLevel }: GridRules): number {
  const fine = Math.sqrt(((maxX - minX) * (maxY - minY)) / cellsPerLevel);
  return Math.min(cellM, Math.max(finestCellM, fine));
}

/** How many cells a level is cut into, about. */
export const cellsOf = (bounds: Bounds, rules: GridRules): number =>
  ((bounds.maxX - bounds.minX) * (bounds.maxY - bounds.minY)) / cellSide(bounds, rules) ** 2;

export const closed = -2;
const noUnit = -1;

/**
 * Cuts a level into cells. Where the plan draws units, only they are walkable. Where it draws openings, one steps from
 * unit to unit at an opening that joins both and nowhere else; without openings nothing is known of walls.
 */
export function cutFloor(level: Level, raster: UnitRaster, rules: GridRules): FloorGrid {
  const { wallLeak } = rules;
  const { minX, minY, maxX, maxY } = level.bounds;
  const cellM = cellSide(level.bounds, rules);
  const columns = Math.max(1, Math.ceil((maxX - minX) / cellM - 1e-9));
  const rows = Math.max(1, Math.ceil((maxY - minY) / cellM - 1e-9));
  const size = columns * rows;
  const grid: FloorGrid = {
    minX,
    minY,
    cellM,
    columns,
    rows,
    unit: new Int16Array(size),
    right: new Float32Array(size),
    up: new Float32Array(size),
  };
  const outside = level.units.length === 0 ? noUnit : closed;
  for (let cell = 0; cell < size; cell++) {
    grid.unit[cell] = unitNear(raster, cellX(grid, cell), cellY(grid, cell), cellM / 2) ?? outside;
  }
  const doors = level.openings.filter(({ unitIds }) => unitIds.length > 1);
  const passing = (from: number, to: number): number => {
    if (grid.unit[from] === closed || grid.unit[to] === closed) return 0;
    return isPassage(grid, from, to, level, doors) ? 1 : wallLeak;
  };
  for (let cell = 0; cell < size; cell++) {
    if ((cell % columns) + 1 < columns) grid.right[cell] = passing(cell, cell + 1);
    if (cell + columns < size) grid.up[cell] = passing(cell, cell + columns);
  }
  return grid;
}

export const cellX = (grid: FloorGrid, cell: number): number => grid.minX + ((cell % grid.columns) + 0.5) * grid.cellM;
export const cellY = (grid: FloorGrid, cell: number): number =>
  grid.minY + (Math.floor(cell / grid.columns) + 0.5) * grid.cellM;

/** Index of the cell under a place; −1 outside the grid. */
export function cellAt({ minX, minY, cellM, columns, rows }: FloorGrid, x: number, y: number): number {
  const column = Math.floor((x - minX) / cellM);
  const row = Math.floor((y - minY) / cellM);
  return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
}

/** The unit under a place, or one that begins within `reach`: a wall between units has a thickness nobody stands in. */
function unitNear(raster: UnitRaster, x: number, y: number, reach: number): number | null {
  for (const [dx, dy] of tries) {
    const unit = unitAt(raster, x + dx * reach, y + dy * reach);
    if (unit >= 0) return unit;
  }
  return null;
}

const tries = [
  [0, 0],
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

function isPassage(grid: FloorGrid, a: number, b: number, level: Level, doors: readonly Opening[]): boolean {
  const from = grid.unit[a] ?? closed;
  const to = grid.unit[b] ?? closed;
  if (from === to || doors.length === 0) return true;
  const fromId = level.units[from]?.id;
  const toId = level.units[to]?.id;
  if (fromId === undefined || toId === undefined) return false;
  const x = (cellX(grid, a) + cellX(grid, b)) / 2;
  const y = (cellY(grid, a) + cellY(grid, b)) / 2;
  const reach = grid.cellM ** 2;
  return doors.some(
    (door) =>
      door.unitIds.includes(fromId) &&
      door.unitIds.includes(toId) &&
      sqDistToSegment(x, y, door.from, door.to) <= reach,
  );
}
