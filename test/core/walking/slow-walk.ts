import type { Point } from '../../../src/core';

type Segment = readonly [Point, Point];

/** Metres between the points of the grid. */
const step = 0.25;
/** Steps to all points nearby that no shorter step leads towards: 48 directions, so ways are at most 0.7 % too long. */
const directions = Array.from({ length: 121 }, (_, i) => [(i % 11) - 5, Math.floor(i / 11) - 5] as const).filter(
  ([dx, dy]) => gcd(Math.abs(dx), Math.abs(dy)) === 1,
);

/**
 * The plain way to find how far it is: a fine grid over the whole level, a step wherever no wall is crossed but through
 * a door, and Dijkstra with a list for a queue. Start and end must be points of the grid.
 */
export function slowMetres(
  walls: readonly Segment[],
  doors: readonly Segment[],
  size: Point,
  from: Point,
  to: Point,
): number {
  const [columns, rows] = [Math.round(size[0] / step), Math.round(size[1] / step)];
  const nodeAt = ([x, y]: Point): number => Math.round(y / step) * (columns + 1) + Math.round(x / step);
  const metres = new Float64Array((columns + 1) * (rows + 1)).fill(Infinity);
  const done = new Uint8Array(metres.length);
  const buckets: number[][] = [[nodeAt(from)]];
  metres[nodeAt(from)] = 0;
  // Buckets of a centimetre stand for the queue.
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    for (const node of buckets[bucket] ?? []) {
      if (done[node] === 1) continue;
      done[node] = 1;
      if (node === nodeAt(to)) return metres[node] ?? Infinity;
      const [column, row] = [node % (columns + 1), Math.floor(node / (columns + 1))];
      for (const [dx, dy] of directions) {
        const [toColumn, toRow] = [column + dx, row + dy];
        if (toColumn < 0 || toRow < 0 || toColumn > columns || toRow > rows) continue;
        const next = toRow * (columns + 1) + toColumn;
        const length = (metres[node] ?? 0) + step * Math.hypot(dx, dy);
        if (length >= (metres[next] ?? 0)) continue;
        if (isBlocked([column * step, row * step], [toColumn * step, toRow * step], walls, doors)) continue;
        metres[next] = length;
        (buckets[Math.floor(length * 100)] ??= []).push(next);
      }
    }
  }
  return Infinity;
}

function isBlocked(a: Point, b: Point, walls: readonly Segment[], doors: readonly Segment[]): boolean {
  return walls.some((wall) => meet(a, b, wall[0], wall[1])) && !doors.some((door) => passes(a, b, door, walls));
}

/** Whether a step goes through this door and touches no wall but the one the door is in. */
function passes(a: Point, b: Point, door: Segment, walls: readonly Segment[]): boolean {
  if (!meet(a, b, door[0], door[1])) return false;
  const middle: Point = [(door[0][0] + door[1][0]) / 2, (door[0][1] + door[1][1]) / 2];
  return walls.every((wall) => !meet(a, b, wall[0], wall[1]) || side(wall[0], wall[1], middle) === 0);
}

const side = (a: Point, b: Point, p: Point): number => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

/** Touching counts. */
function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return false;
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
