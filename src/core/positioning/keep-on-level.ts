import { isInPolygon, nearestOnEdges } from '../geometry/polygon';
import type { LevelModel } from '../model';
import type { Motion } from './motion';

/** Brings a motion that ran through the outside wall back to it, and stops it there. */
export function keepOnLevel(motion: Motion, level: LevelModel): Motion {
  const rest = keepState(motion.rest.state, level);
  const walk = keepState(motion.walk.state, level);
  if (rest === motion.rest.state && walk === motion.walk.state) return motion;
  return { ...motion, rest: { ...motion.rest, state: rest }, walk: { ...motion.walk, state: walk } };
}

function keepState(state: readonly number[], { level }: LevelModel): readonly number[] {
  const [x = 0, y = 0, vx = 0, vy = 0] = state;
  const { bounds, outline } = level;
  let nearX = Math.min(bounds.maxX, Math.max(bounds.minX, x));
  let nearY = Math.min(bounds.maxY, Math.max(bounds.minY, y));
  if (outline !== null && !isInPolygon(nearX, nearY, outline)) {
    [nearX, nearY] = nearestOnEdges(nearX, nearY, outline) ?? [nearX, nearY];
  }
  if (nearX === x && nearY === y) return state;
  const outX = x - nearX;
  const outY = y - nearY;
  const outward = Math.max(0, (vx * outX + vy * outY) / (outX * outX + outY * outY));
  return [nearX, nearY, vx - outward * outX, vy - outward * outY];
}
