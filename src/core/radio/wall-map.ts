import type { Gateway, Level, Site } from '../site';
import { type Barriers, countWalls, levelOff } from './barriers';

/** A level's cells, row by row from the lower left corner. */
export interface Cells {
  readonly minX: number;
  readonly minY: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
}

export interface Between {
  readonly site: Site;
  /** Where the tag is. */
  readonly level: Level;
  readonly cells: Cells;
  readonly gateway: Gateway;
  /** Of a level; null when it has no walls. */
  readonly barriersOn: (level: Level) => Barriers | null;
}

let own = new Float64Array(2048);
let theirs = new Float64Array(2048);

/**
 * Walls between a gateway and every cell of a level, levelled off; null when there are none to meet. Rays go to the
 * cells of the rim and are read in all cells on their way: the same walls as a ray to each cell, at a tenth of its cost.
 * Through one slab the way meets the walls of either level on its part of it; through more the slabs are all there is.
 */
export function mapWalls(between: Between): Float32Array | null {
  const { site, level, cells, gateway, barriersOn } = between;
  const home = site.levelById.get(gateway.levelId) ?? level;
  const passage = passageTo(between, home);
  if (passage === null) return null;
  const [tagSide, gatewaySide] = [barriersOn(level), barriersOn(home)];
  if (tagSide === null && gatewaySide === null) return null;
  const { columns, rows } = cells;
  const map = new Float32Array(columns * rows).fill(NaN);
  for (const [bx, by] of rimOf(cells)) {
    const steps = Math.max(1, Math.ceil((2 * Math.hypot(bx - gateway.x, by - gateway.y)) / cells.cellM));
    if (own.length <= steps) [own, theirs] = [new Float64Array(2 * steps), new Float64Array(2 * steps)];
    const [ax, ay] = [gateway.x, gateway.y];
    const ray = { ax, ay, bx, by, steps };
    const [dx, dy] = [(bx - ax) / steps, (by - ay) / steps];
    if (tagSide !== null) countWalls(tagSide, ray, own);
    if (gatewaySide !== null && home !== level) countWalls(gatewaySide, ray, theirs);
    const [hasOwn, hasTheirs] = [tagSide !== null, gatewaySide !== null && home !== level];
    const [column0, row0] = [(ax - cells.minX) / cells.cellM, (ay - cells.minY) / cells.cellM];
    const [columnsAStep, rowsAStep] = [dx / cells.cellM, dy / cells.cellM];
    for (let step = 0; step <= steps; step++) {
      const column = Math.floor(column0 + columnsAStep * step);
      const row = Math.floor(row0 + rowsAStep * step);
      if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
      const passed = passage === 0 ? 0 : Math.round(step * passage);
      const before = hasTheirs ? (theirs[passed] ?? 0) : 0;
      const after = hasOwn ? (own[step] ?? 0) - (own[passed] ?? 0) : 0;
      map[row * columns + column] = before + after;
    }
  }
  return filled(map, cells).map(levelOff);
}

/** Share of the way from gateway to tag at which it passes the slab; null when more than one lies between. */
function passageTo({ site, level, gateway }: Between, home: Level): number | null {
  if (home === level) return 0;
  if (Math.abs(home.ordinal - level.ordinal) > 1) return null;
  const [from, to] = [home.elevation + gateway.z, level.elevation + site.tagHeight];
  const isBelow = home.ordinal < level.ordinal;
  const slab = isBelow ? level.elevation : home.elevation;
  return Math.min(1, Math.max(0, (slab - from) / (to - from || 1)));
}

/** Points half a cell apart around the level. */
function rimOf({ minX, minY, cellM, columns, rows }: Cells): (readonly [number, number])[] {
  const rim: (readonly [number, number])[] = [];
  const [maxX, maxY] = [minX + columns * cellM - 1e-6, minY + rows * cellM - 1e-6];
  for (let i = 0; i < 2 * columns; i++) rim.push([minX + (i * cellM) / 2, minY], [minX + (i * cellM) / 2, maxY]);
  for (let i = 0; i < 2 * rows; i++) rim.push([minX, minY + (i * cellM) / 2], [maxX, minY + (i * cellM) / 2]);
  return rim;
}

/** A cell no ray came through is like the one before it. */
function filled(map: Float32Array, { columns }: Cells): Float32Array {
  for (let cell = 0; cell < map.length; cell++) {
    if (Number.isNaN(map[cell])) map[cell] = map[cell - 1] ?? map[cell - columns] ?? 0;
  }
  for (let cell = map.length - 1; cell >= 0; cell--) if (Number.isNaN(map[cell])) map[cell] = map[cell + 1] ?? 0;
  return map;
}
