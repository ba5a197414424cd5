import type { Polygon } from '../site';

/** The walls of a room, flat: `ax, ay, bx, by` of each edge. The free side is on the left of a→b. */
export type Walls = Float64Array;

export function wallsOf(polygon: Polygon): Walls {
  const edges: number[] = [];
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (a === undefined || b === undefined || (a[0] === b[0] && a[1] === b[1])) continue;
      edges.push(a[0], a[1], b[0], b[1]);
    }
  }
  return Float64Array.from(edges);
}

/** Whether one can walk straight from p to q, both strictly inside: true when no wall is touched. */
export function isClear(walls: Walls, px: number, py: number, qx: number, qy: number): boolean {
  const [minX, maxX] = px < qx ? [px, qx] : [qx, px];
  const [minY, maxY] = py < qy ? [py, qy] : [qy, py];
  const [dx, dy] = [qx - px, qy - py];
  for (let i = 0; i + 3 < walls.length; i += 4) {
    const ax = walls[i] ?? 0;
    const ay = walls[i + 1] ?? 0;
    const bx = walls[i + 2] ?? 0;
    const by = walls[i + 3] ?? 0;
    if ((ax < minX && bx < minX) || (ax > maxX && bx > maxX)) continue;
    if ((ay < minY && by < minY) || (ay > maxY && by > maxY)) continue;
    const [wx, wy] = [bx - ax, by - ay];
    const sideP = wx * (py - ay) - wy * (px - ax);
    const sideQ = wx * (qy - ay) - wy * (qx - ax);
    if ((sideP > 0 && sideQ > 0) || (sideP < 0 && sideQ < 0)) continue;
    const sideA = dx * (ay - py) - dy * (ax - px);
    const sideB = dx * (by - py) - dy * (bx - px);
    // All four zero: on one line, and the boxes overlap.
    if ((sideA > 0 && sideB > 0) || (sideA < 0 && sideB < 0)) continue;
    return false;
  }
  return true;
}

/** The point of the walls nearest to (x, y), and the unit normal there that points into the room. */
export interface WallPoint {
  readonly x: number;
  readonly y: number;
  readonly normalX: number;
  readonly normalY: number;
  readonly distance: number;
}

/**
 * @param along direction (unit vector) of the door that is to lie in the wall: of walls equally near, at a corner,
 * the one the door runs along is meant.
 */
export function nearestWall(walls: Walls, x: number, y: number, along: readonly [number, number] = [0, 0]): WallPoint {
  let nearest: WallPoint = { x, y, normalX: 0, normalY: 0, distance: Infinity };
  let best = Infinity;
  for (let i = 0; i + 3 < walls.length; i += 4) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [walls[i], walls[i + 1], walls[i + 2], walls[i + 3]];
    const [wx, wy] = [bx - ax, by - ay];
    const length = Math.hypot(wx, wy);
    const t = Math.max(0, Math.min(1, ((x - ax) * wx + (y - ay) * wy) / (length * length)));
    const [qx, qy] = [ax + t * wx, ay + t * wy];
    const distance = Math.hypot(x - qx, y - qy);
    const score = distance + 0.05 * (1 - Math.abs((along[0] * wx + along[1] * wy) / length));
    if (score >= best) continue;
    best = score;
    nearest = { x: qx, y: qy, normalX: -wy / length, normalY: wx / length, distance };
  }
  return nearest;
}

/** A point well inside: the middle of the widest stretch of a few scan lines. Any room with area has one. */
export function innerPoint(walls: Walls): readonly [number, number] {
  let [minY, maxY] = [Infinity, -Infinity];
  for (let i = 1; i < walls.length; i += 2) {
    minY = Math.min(minY, walls[i] ?? minY);
    maxY = Math.max(maxY, walls[i] ?? maxY);
  }
  let best: readonly [number, number] = [walls[0] ?? 0, walls[1] ?? 0];
  let widest = 0;
  for (const share of [0.5, 0.31, 0.71, 0.13, 0.89, 0.03, 0.97]) {
    const y = minY + share * (maxY - minY);
    const crossings = crossingsAt(walls, y);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const [left = 0, right = 0] = [crossings[k], crossings[k + 1]];
      // The middle line is preferred unless another is clearly wider.
      if (right - left <= widest * 1.2) continue;
      widest = right - left;
      best = [(left + right) / 2, y];
    }
  }
  return best;
}

function crossingsAt(walls: Walls, y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0; i + 3 < walls.length; i += 4) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [walls[i], walls[i + 1], walls[i + 2], walls[i + 3]];
    if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
  }
  return crossings.sort((a, b) => a - b);
}
