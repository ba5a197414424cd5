import type { Position, Ring } from '../api/types';

/** Even-odd, in any unit; a point on the edge may be either. */
export function inRings([x, y]: Position, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]];
      if (a === undefined || b === undefined) continue;
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
    }
  }
  return inside;
}

export function ringArea(ring: Ring): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (a !== undefined && b !== undefined) twice += a[0] * b[1] - b[0] * a[1];
  }
  return Math.abs(twice / 2);
}

/** Distance to the nearest wall, negative outside. */
export function depth(point: Position, rings: readonly Ring[]): number {
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (a !== undefined && b !== undefined) nearest = Math.min(nearest, toSegment(point, a, b));
    }
  }
  return inRings(point, rings) ? nearest : -nearest;
}

function toSegment([px, py]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** Where a name goes: well inside, the deepest point of a grid refined twice. Good to a few centimetres. */
export function labelPoint(rings: readonly Ring[]): { at: Position; depth: number } {
  const xs = (rings[0] ?? []).map(([x]) => x);
  const ys = (rings[0] ?? []).map(([, y]) => y);
  let [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const middle: Position = [(minX + maxX) / 2, (minY + maxY) / 2];
  let best = { at: middle, depth: depth(middle, rings) };
  const steps = 12;
  for (let pass = 0; pass < 3; pass++) {
    const [stepX, stepY] = [(maxX - minX) / steps, (maxY - minY) / steps];
    for (let i = 0; i <= steps; i++) {
      for (let j = 0; j <= steps; j++) {
        const at: Position = [minX + i * stepX, minY + j * stepY];
        const found = depth(at, rings);
        if (found > best.depth + 0.01) best = { at, depth: found };
      }
    }
    [minX, maxX] = [best.at[0] - stepX, best.at[0] + stepX];
    [minY, maxY] = [best.at[1] - stepY, best.at[1] + stepY];
  }
  return best;
}

/** The leaf of an open door and the arc it sweeps, hinged at `hinge`, on the side where `inside` lies. */
export function doorSwing(hinge: Position, latch: Position, inside: Position): Position[] {
  const [dx, dy] = [latch[0] - hinge[0], latch[1] - hinge[1]];
  const side = Math.sign(dx * (inside[1] - hinge[1]) - dy * (inside[0] - hinge[0])) || 1;
  const turned = (angle: number): Position => {
    const [c, s] = [Math.cos(angle * side), Math.sin(angle * side)];
    return [hinge[0] + dx * c - dy * s, hinge[1] + dx * s + dy * c];
  };
  const arc = Array.from({ length: 7 }, (_, i) => turned(((6 - i) / 6) * (Math.PI / 2)));
  return [hinge, ...arc];
}
