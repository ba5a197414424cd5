import type { Point, Polygon, Ring, Site } from '../../../src/core';
import { type DoorSketch, type RoomSketch, sketchSite } from './rooms';

/** Cells of this many metres make up the rooms. */
export const cell = 3;

/** Seeded numbers in 0…1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Building {
  readonly site: Site;
  readonly doors: readonly DoorSketch[];
  /** Walls that block, as ends; doors are not cut out of them. */
  readonly walls: readonly (readonly [Point, Point])[];
}

/** Rooms of any rectilinear shape, with holes, over a grid of cells; narrow doors in the middle of cells' sides. */
export function randomBuilding(columns: number, rows: number, random: () => number): Building {
  const roomOf = Array.from({ length: columns * rows }, (_, i) => i);
  const at = (x: number, y: number): number => roomOf[y * columns + x] ?? -1;
  // Merging neighbours at random gives rooms that wind and have holes.
  for (let n = 0; n < columns * rows * 1.2; n++) {
    const [x, y] = [Math.floor(random() * columns), Math.floor(random() * rows)];
    const [nx, ny] = random() < 0.5 ? [x + 1, y] : [x, y + 1];
    if (nx >= columns || ny >= rows) continue;
    const [keep, gone] = [at(x, y), at(nx, ny)];
    roomOf.forEach((room, i) => (roomOf[i] = room === gone ? keep : room));
  }
  const doors: DoorSketch[] = [];
  const walls: [Point, Point][] = [];
  const edges = new Map<number, [Point, Point][]>();
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const) {
        const [nx, ny] = [x + dx, y + dy];
        const other = nx < 0 || ny < 0 || nx >= columns || ny >= rows ? -1 : at(nx, ny);
        if (other === at(x, y)) continue;
        const side = sideOf(x, y, dx, dy);
        edges.set(at(x, y), [...(edges.get(at(x, y)) ?? []), side]);
        walls.push(side);
        if (other === -1 || dx + dy < 0 || random() > 0.45) continue;
        const [mx, my] = [(side[0][0] + side[1][0]) / 2, (side[0][1] + side[1][1]) / 2];
        const [hx, hy] = [0.05 * Math.abs(dy), 0.05 * Math.abs(dx)];
        doors.push([
          [mx - hx, my - hy],
          [mx + hx, my + hy],
          [`room-${at(x, y)}`, `room-${other}`],
        ]);
      }
    }
  }
  const rooms = [...edges].map(([id, sides]): RoomSketch => ({ id: `room-${id}`, shape: toPolygon(sides) }));
  return { site: sketchSite([{ rooms, doors }]), doors, walls };
}

/** A side of a cell, the cell on its left. */
function sideOf(x: number, y: number, dx: number, dy: number): [Point, Point] {
  const [cx, cy] = [(x + 0.5) * cell, (y + 0.5) * cell];
  const half = cell / 2;
  const middle: Point = [cx + dx * half, cy + dy * half];
  return [
    [middle[0] + dy * half, middle[1] - dx * half],
    [middle[0] - dy * half, middle[1] + dx * half],
  ];
}

/** Chains sides into rings; where four meet, it turns left, so that rooms touching at a corner stay apart. */
function toPolygon(sides: readonly [Point, Point][]): Polygon {
  const left = new Set(sides);
  const rings: Ring[] = [];
  for (const first of sides) {
    if (!left.delete(first)) continue;
    const ring: Point[] = [first[0], first[1]];
    for (let last = first; ;) {
      const next = [...left]
        .filter((side) => side[0][0] === last[1][0] && side[0][1] === last[1][1])
        .sort((a, b) => turn(last, b) - turn(last, a))[0];
      if (next === undefined) break;
      left.delete(next);
      ring.push(next[1]);
      last = next;
    }
    rings.push(ring);
  }
  // The exterior is the only ring that runs counter-clockwise.
  return rings.sort((a, b) => signedArea(b) - signedArea(a));
}

const turn = ([[ax, ay], [bx, by]]: [Point, Point], [[cx, cy], [dx, dy]]: [Point, Point]): number =>
  (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);

function signedArea(ring: Ring): number {
  let doubled = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i - 1] ?? [0, 0], ring[i] ?? [0, 0]];
    doubled += ax * by - ay * bx;
  }
  return doubled / 2;
}
