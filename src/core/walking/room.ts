import { isInPolygon } from '../geometry/polygon';
import type { Point, Unit } from '../site';
import { innerPoint, isClear, nearestWall, type Walls, wallsOf } from './walls';

/** Closer than this a point lies on a wall, metres. */
const onWall = 1e-6;

/**
 * One unit as a walker knows it: its doors and corners, and the shortest way between each two of them that stays
 * inside. Shortest ways inside a polygon turn at its reflex corners only, so these points are enough
 * (Lozano-Pérez & Wesley, 1979, https://doi.org/10.1145/359156.359164).
 */
export interface Room {
  readonly unit: Unit;
  readonly walls: Walls;
  /** A point well inside. */
  readonly inner: Point;
  /** Doors first (as `doorPoints` gave them), then corners, a clearance off the walls: x, y of each. */
  readonly points: Float64Array;
  readonly doors: number;
  /** Row i, column j: metres of the shortest way from point i to point j; Infinity when there is none. */
  readonly metres: Float64Array;
  /** Row i, column j: the point after i on that way. */
  readonly next: Int16Array;
}

export interface Shell {
  readonly unit: Unit;
  readonly walls: Walls;
  readonly inner: Point;
}

export function shellOf(unit: Unit): Shell {
  const walls = wallsOf(unit.polygon);
  return { unit, walls, inner: innerPoint(walls) };
}

/** Builds the table of ways. @param doorPoints points strictly inside, where doors are stepped through. */
export function furnish(shell: Shell, doorPoints: readonly Point[], clearance: number): Room {
  const all = [...doorPoints, ...cornersOf(shell, clearance)];
  const points = Float64Array.from(all.flat());
  const metres = new Float64Array(all.length * all.length).fill(Infinity);
  const next = new Int16Array(all.length * all.length).fill(-1);
  all.forEach(([px, py], i) => {
    metres[i * all.length + i] = 0;
    next[i * all.length + i] = i;
    for (let j = i + 1; j < all.length; j++) {
      const [qx, qy] = [points[2 * j] ?? 0, points[2 * j + 1] ?? 0];
      if (!isClear(shell.walls, px, py, qx, qy)) continue;
      const length = Math.hypot(qx - px, qy - py);
      metres[i * all.length + j] = metres[j * all.length + i] = length;
      next[i * all.length + j] = j;
      next[j * all.length + i] = i;
    }
  });
  shorten(metres, next, all.length);
  return { ...shell, points, doors: doorPoints.length, metres, next };
}

/** Floyd and Warshall: every way by way of every point. */
function shorten(metres: Float64Array, next: Int16Array, n: number): void {
  for (let via = 0; via < n; via++) {
    for (let i = 0; i < n; i++) {
      const there = metres[i * n + via] ?? Infinity;
      if (there === Infinity || i === via) continue;
      for (let j = 0; j < n; j++) {
        const length = there + (metres[via * n + j] ?? Infinity);
        if (length >= (metres[i * n + j] ?? Infinity)) continue;
        metres[i * n + j] = length;
        next[i * n + j] = next[i * n + via] ?? via;
      }
    }
  }
}

/** Where a door in the wall near (x, y) is stepped through: a clearance into the room, less where it is narrow. */
export function doorPoint(shell: Shell, at: Point, along: readonly [number, number], clearance: number): Point {
  const wall = nearestWall(shell.walls, at[0], at[1], along);
  return stepIn(shell, wall.x, wall.y, [wall.normalX, wall.normalY], clearance) ?? shell.inner;
}

/** The reflex corners, each moved into the room. */
function cornersOf(shell: Shell, clearance: number): Point[] {
  return shell.unit.polygon.flatMap((ring) => {
    const open = ring.slice(0, -1);
    return open.flatMap((corner, i) => {
      const [before, after] = [open.at(i - 1), open[(i + 1) % open.length]];
      if (before === undefined || after === undefined) return [];
      const inward = reflexBisector(before, corner, after);
      const point = inward === null ? null : stepIn(shell, corner[0], corner[1], inward, clearance);
      return point === null ? [] : [point];
    });
  });
}

/** Unit vector into the room from a corner that juts into it; null at any other corner. */
function reflexBisector(before: Point, corner: Point, after: Point): readonly [number, number] | null {
  const [ux, uy] = [corner[0] - before[0], corner[1] - before[1]];
  const [vx, vy] = [after[0] - corner[0], after[1] - corner[1]];
  const [u, v] = [Math.hypot(ux, uy), Math.hypot(vx, vy)];
  if (u === 0 || v === 0 || ux * vy - uy * vx >= -1e-9 * u * v) return null;
  const [x, y] = [-uy / u - vy / v, ux / u + vx / v];
  const length = Math.hypot(x, y);
  // A wall's free end: straight on.
  return length < 1e-6 ? [ux / u, uy / u] : [x / length, y / length];
}

/** From a point on a wall inwards by the clearance, or by as much of it as there is room for. */
function stepIn(shell: Shell, x: number, y: number, inward: readonly [number, number], by: number): Point | null {
  for (const step of [by, by / 2, by / 4, 0.02, 0.005]) {
    if (step > by) continue;
    const [qx, qy] = [x + inward[0] * step, y + inward[1] * step];
    // The start is taken a hair inside, so that its own wall does not block it.
    const hair = Math.min(1e-4, step / 2);
    const [px, py] = [x + inward[0] * hair, y + inward[1] * hair];
    if (isStrictlyInside(shell, qx, qy) && isClear(shell.walls, px, py, qx, qy)) return [qx, qy];
  }
  return null;
}

/** Whether the point lies inside and off the walls. */
function isStrictlyInside({ unit, walls }: Shell, x: number, y: number): boolean {
  return isInPolygon(x, y, unit.polygon) && nearestWall(walls, x, y).distance > onWall;
}

/** A point inside the room as near to (x, y) as can be, and how far it was moved. */
export function snapInto(
  shell: Shell,
  x: number,
  y: number,
): { readonly x: number; readonly y: number; readonly moved: number } {
  if (isStrictlyInside(shell, x, y)) return { x, y, moved: 0 };
  const wall = nearestWall(shell.walls, x, y);
  const inside = stepIn(shell, wall.x, wall.y, [wall.normalX, wall.normalY], 0.02) ?? awayFromCorner(shell, wall);
  return { x: inside[0], y: inside[1], moved: Math.hypot(x - inside[0], y - inside[1]) };
}

/** In a corner the normal of one wall runs along the other: some direction between leads inside. */
function awayFromCorner(shell: Shell, { x, y }: { readonly x: number; readonly y: number }): Point {
  for (let turn = 0; turn < 16; turn++) {
    const angle = (Math.PI / 8) * (turn + 0.5);
    const inside = stepIn(shell, x, y, [Math.cos(angle), Math.sin(angle)], 0.02);
    if (inside !== null) return inside;
  }
  return shell.inner;
}

/** Shortest ways from a point of the room to each of its doors and corners. */
export interface Reach {
  readonly metres: Float64Array;
  /** The first point on the way; -1 where there is no way. */
  readonly first: Int16Array;
}

/** @param x and y strictly inside the room */
export function reachFrom(room: Room, x: number, y: number): Reach {
  const n = room.points.length / 2;
  const metres = new Float64Array(n).fill(Infinity);
  const first = new Int16Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    const [px, py] = [room.points[2 * i] ?? 0, room.points[2 * i + 1] ?? 0];
    if (!isClear(room.walls, x, y, px, py)) continue;
    const straight = Math.hypot(px - x, py - y);
    for (let j = 0; j < n; j++) {
      const length = straight + (room.metres[i * n + j] ?? Infinity);
      if (length >= (metres[j] ?? Infinity)) continue;
      metres[j] = length;
      first[j] = i;
    }
  }
  return { metres, first };
}

/** The points of the shortest way from point i to point j of the room, both included. */
export function pointsBetween(room: Room, i: number, j: number): Point[] {
  const n = room.points.length / 2;
  const at = (k: number): Point => [room.points[2 * k] ?? 0, room.points[2 * k + 1] ?? 0];
  const way = [at(i)];
  for (let k = i; k !== j && way.length <= n;) {
    k = room.next[k * n + j] ?? j;
    way.push(at(k));
  }
  return way;
}
