import type { LevelId } from '../ids';
import type { Gateway, Level } from '../site';
import { type Barriers, countWalls, type Ray } from './barriers';

/** A level's cells, row by row from the lower left corner. */
export interface Cells {
  readonly minX: number;
  readonly minY: number;
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
}

/** Walls of a level between a place and each of some cells, as if it stood on that level; null where it has none. */
export type WallCounts = (level: Level, gateway: Gateway, cells: Cells) => Uint8Array | null;

/**
 * Counts walls when first asked and remembers them: those of a gateway's own level are met on ways to the levels above
 * and below, too, and the levels of a building are mostly cut alike.
 */
export function rememberWalls(barriersOn: (id: LevelId) => Barriers | null): WallCounts {
  const known = new Map<string, Uint8Array>();
  return ({ id }, gateway, cells) => {
    const barriers = barriersOn(id);
    if (barriers === null) return null;
    const { minX, minY, cellM, columns, rows } = cells;
    const key = [id, gateway.id, minX, minY, cellM, columns, rows].join(' ');
    const counts = known.get(key) ?? countFrom(barriers, gateway, cells);
    known.set(key, counts);
    return counts;
  };
}

/** What a cell says that no ray came through. */
const unmet = 255;
/** Levels of fewer cells cost little: rays go half a cell apart, in steps of half a cell. Elsewhere a cell apart, in such steps. */
const finelyCounted = 8000;
const finestStepM = 0.35;
let met = new Float64Array(2048);
/** By cell: how near its middle the step lies that was read last, cells squared. */
let nearest = new Float32Array(finelyCounted);

/**
 * Walls between a place and every cell. Rays go to the cells of the rim and are read in all cells on their way, in each
 * by the step nearest its middle: the same walls as a ray to each cell, at a twentieth of its cost.
 */
function countFrom(barriers: Barriers, from: { x: number; y: number }, cells: Cells): Uint8Array {
  const { minX, minY, cellM, columns, rows } = cells;
  const counts = new Uint8Array(columns * rows).fill(unmet);
  if (nearest.length < counts.length) nearest = new Float32Array(counts.length);
  nearest.fill(1, 0, counts.length);
  const perCell = counts.length <= finelyCounted ? 2 : 1;
  const stepM = perCell === 2 ? cellM / 2 : Math.max(cellM / 2, finestStepM);
  const [maxX, maxY] = [minX + columns * cellM - 1e-6, minY + rows * cellM - 1e-6];
  const [across, up] = [2 * perCell * columns, 2 * perCell * rows];
  for (let i = 0; i < across + up; i++) {
    const along = ((i < across ? i : i - across) >> 1) * (cellM / perCell);
    const isFar = i % 2 === 1;
    const bx = i < across ? minX + along : isFar ? maxX : minX;
    const by = i < across ? (isFar ? maxY : minY) : minY + along;
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - from.x, by - from.y) / stepM));
    if (met.length <= steps) met = new Float64Array(2 * steps);
    const ray = { ax: from.x, ay: from.y, bx, by, steps };
    countWalls(barriers, ray, met);
    readRay(ray, cells, counts);
  }
  fillUnmet(counts, columns);
  return counts;
}

function readRay(
  { ax, ay, bx, by, steps }: Ray,
  { minX, minY, cellM, columns, rows }: Cells,
  counts: Uint8Array,
): void {
  const [columnsAStep, rowsAStep] = [(bx - ax) / steps / cellM, (by - ay) / steps / cellM];
  const [column0, row0] = [(ax - minX) / cellM, (ay - minY) / cellM];
  const offs = nearest;
  const walls = met;
  for (let step = 0, x = column0, y = row0; step <= steps; step++, x += columnsAStep, y += rowsAStep) {
    const column = x | 0;
    const row = y | 0;
    if (x < 0 || y < 0 || column >= columns || row >= rows) continue;
    const cell = row * columns + column;
    const aside = x - column - 0.5;
    const above = y - row - 0.5;
    const off = aside * aside + above * above;
    if (off >= (offs[cell] ?? 0)) continue;
    offs[cell] = off;
    counts[cell] = Math.min(walls[step] ?? 0, unmet - 1);
  }
}

/** A cell no ray came through is like the one before it. */
function fillUnmet(counts: Uint8Array, columns: number): void {
  for (let cell = 0; cell < counts.length; cell++) {
    if (counts[cell] === unmet) counts[cell] = counts[cell - 1] ?? counts[cell - columns] ?? unmet;
  }
  for (let cell = counts.length - 1; cell >= 0; cell--)
    if (counts[cell] === unmet) counts[cell] = counts[cell + 1] ?? 0;
}
