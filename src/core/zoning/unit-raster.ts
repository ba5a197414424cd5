import { isInPolygon } from '../geometry/polygon';
import type { Bounds, Unit } from '../site';

/** Which unit lies under each cell of a level: point in polygon asked once per cell, read millions of times. */
export interface UnitRaster {
  readonly minX: number;
  readonly minY: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Index into the level's units, −1 outside all of them. */
  readonly unit: Int16Array;
}

const finestCellM = 0.2;
const maxCells = 1_000_000;

/** Rasterises units by the centres of cells; where units overlap the first one wins. */
export function rasterise(units: readonly Unit[], bounds: Bounds): UnitRaster {
  const width = Math.max(bounds.maxX - bounds.minX, finestCellM);
  const depth = Math.max(bounds.maxY - bounds.minY, finestCellM);
  const cellM = Math.max(finestCellM, Math.sqrt((width * depth) / maxCells));
  const columns = Math.ceil(width / cellM);
  const rows = Math.ceil(depth / cellM);
  const raster = {
    minX: bounds.minX,
    minY: bounds.minY,
    cellM,
    columns,
    rows,
    unit: new Int16Array(columns * rows).fill(-1),
  };
  for (let i = units.length - 1; i >= 0; i--) {
    const unit = units[i];
    if (unit !== undefined) paint(raster, unit, i);
  }
  return raster;
}

function paint(raster: UnitRaster, { polygon }: Unit, index: number): void {
  const { minX, minY, cellM, columns, rows } = raster;
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygon[0] ?? []) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  const lastColumn = Math.min(columns - 1, Math.floor((right - minX) / cellM));
  const lastRow = Math.min(rows - 1, Math.floor((top - minY) / cellM));
  for (let row = Math.max(0, Math.floor((bottom - minY) / cellM)); row <= lastRow; row++) {
    const y = minY + (row + 0.5) * cellM;
    for (let column = Math.max(0, Math.floor((left - minX) / cellM)); column <= lastColumn; column++) {
      if (isInPolygon(minX + (column + 0.5) * cellM, y, polygon)) raster.unit[row * columns + column] = index;
    }
  }
}

/** Index of the unit under (x, y), −1 outside all of them. */
export function unitAt(raster: UnitRaster, x: number, y: number): number {
  const column = Math.floor((x - raster.minX) / raster.cellM);
  const row = Math.floor((y - raster.minY) / raster.cellM);
  if (column < 0 || row < 0 || column >= raster.columns || row >= raster.rows) return -1;
  return raster.unit[row * raster.columns + column] ?? -1;
}
