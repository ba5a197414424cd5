import { unitAt } from '../zoning/unit-raster';
import { isInPolygon, nearestOnEdges } from '../geometry/polygon';
import type { LevelModel } from '../model';
import type { Point } from '../site';
import { gaitSize } from './kalman';
import type { Gaits } from './motion';

/** Brings gaits that ran through the outside wall back to it, and stops them there. In a unit's cell they are inside. */
export function keepOnLevel(gaits: Gaits, count: number, level: LevelModel): void {
  for (let o = 0; o < count * gaitSize; o += gaitSize) {
    const x = gaits[o + 1] ?? 0;
    const y = gaits[o + 2] ?? 0;
    if (unitAt(level.raster, x, y) < 0 && !isOnLevel(x, y, level)) bringBack(gaits, o, nearestOnLevel(x, y, level));
  }
}

function bringBack(gaits: Gaits, o: number, [nearX, nearY]: Point): void {
  const outX = (gaits[o + 1] ?? 0) - nearX;
  const outY = (gaits[o + 2] ?? 0) - nearY;
  const sqOut = outX * outX + outY * outY;
  if (sqOut === 0) return;
  const vx = gaits[o + 3] ?? 0;
  const vy = gaits[o + 4] ?? 0;
  const outward = Math.max(0, (vx * outX + vy * outY) / sqOut);
  gaits[o + 1] = nearX;
  gaits[o + 2] = nearY;
  gaits[o + 3] = vx - outward * outX;
  gaits[o + 4] = vy - outward * outY;
}

/** Brings a place that lies outside the level back to its nearest point. In a unit's cell it is inside. */
export function keepPlaceOnLevel(place: { x: number; y: number }, level: LevelModel): void {
  if (unitAt(level.raster, place.x, place.y) >= 0) return;
  const [x, y] = nearestOnLevel(place.x, place.y, level);
  place.x = x;
  place.y = y;
}

/** Inside the outline, or inside the bounds where none is drawn. */
export function isOnLevel(x: number, y: number, { level: { bounds, outline } }: LevelModel): boolean {
  if (x < bounds.minX || x > bounds.maxX || y < bounds.minY || y > bounds.maxY) return false;
  return outline === null || isInPolygon(x, y, outline);
}

/** The point of a level nearest to (x, y). */
function nearestOnLevel(x: number, y: number, level: LevelModel): Point {
  if (isOnLevel(x, y, level)) return [x, y];
  const { bounds, outline } = level.level;
  const inX = Math.min(bounds.maxX, Math.max(bounds.minX, x));
  const inY = Math.min(bounds.maxY, Math.max(bounds.minY, y));
  if (outline === null || isInPolygon(inX, inY, outline)) return [inX, inY];
  return nearestOnEdges(inX, inY, outline) ?? [inX, inY];
}
