import { isInPolygon, nearestOnEdges } from '../geometry/polygon';
import type { LevelModel } from '../model';
import type { Point } from '../site';
import type { Motion } from './motion';

/** Brings a motion that ran through the outside wall back to it, and stops it there. */
export function keepOnLevel(motion: Motion, level: LevelModel): Motion {
  return { at: motion.at, gaits: motion.gaits.map((gait) => ({ ...gait, state: keepState(gait.state, level) })) };
}

function keepState(state: readonly number[], level: LevelModel): readonly number[] {
  const [x = 0, y = 0, vx = 0, vy = 0] = state;
  const [nearX, nearY] = nearestOnLevel(x, y, level);
  if (nearX === x && nearY === y) return state;
  const outX = x - nearX;
  const outY = y - nearY;
  const outward = Math.max(0, (vx * outX + vy * outY) / (outX * outX + outY * outY));
  return [nearX, nearY, vx - outward * outX, vy - outward * outY];
}

/** The point of a level nearest to (x, y): itself inside the outline, or inside the bounds where none is drawn. */
export function nearestOnLevel(x: number, y: number, { level: { bounds, outline } }: LevelModel): Point {
  const inX = Math.min(bounds.maxX, Math.max(bounds.minX, x));
  const inY = Math.min(bounds.maxY, Math.max(bounds.minY, y));
  if (outline === null || isInPolygon(inX, inY, outline)) return [inX, inY];
  return nearestOnEdges(inX, inY, outline) ?? [inX, inY];
}
