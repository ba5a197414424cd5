import type { Point, Polygon, Ring } from '../site';
import { nearestOnSegment } from './segment';

/**
 * Whether (x, y) lies in the polygon and in none of its holes (even-odd rule over all rings).
 * A point on an edge belongs to one of the two polygons that share the edge, never to both.
 */
export function isInPolygon(x: number, y: number, polygon: Polygon): boolean {
  let inside = false;
  for (const ring of polygon) if (isInRing(x, y, ring)) inside = !inside;
  return inside;
}

function isInRing(x: number, y: number, ring: Ring): boolean {
  let inside = false;
  let from = ring[ring.length - 1];
  for (const to of ring) {
    if (from !== undefined && from[1] > y !== to[1] > y) {
      const crossX = from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]);
      if (x < crossX) inside = !inside;
    }
    from = to;
  }
  return inside;
}

/** The point of the polygon's edges (holes included) nearest to (x, y); null for a polygon without edges. */
export function nearestOnEdges(x: number, y: number, polygon: Polygon): Point | null {
  let nearest: Point | null = null;
  let best = Infinity;
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i++) {
      const from = ring[i - 1];
      const to = ring[i];
      if (from === undefined || to === undefined) continue;
      const point = nearestOnSegment(x, y, from, to);
      const sqDist = (x - point[0]) ** 2 + (y - point[1]) ** 2;
      if (sqDist >= best) continue;
      best = sqDist;
      nearest = point;
    }
  }
  return nearest;
}

/** Distance from (x, y) to the polygon, 0 inside it. */
export function distanceToPolygon(x: number, y: number, polygon: Polygon): number {
  if (isInPolygon(x, y, polygon)) return 0;
  const nearest = nearestOnEdges(x, y, polygon);
  return nearest === null ? Infinity : Math.hypot(x - nearest[0], y - nearest[1]);
}

/** Signed area of a closed ring, m²: positive when counter-clockwise. */
export function ringArea(ring: Ring): number {
  let doubled = 0;
  for (let i = 1; i < ring.length; i++) {
    const from = ring[i - 1];
    const to = ring[i];
    if (from !== undefined && to !== undefined) doubled += from[0] * to[1] - to[0] * from[1];
  }
  return doubled / 2;
}

/** Area of a polygon without its holes, m². */
export function polygonArea(polygon: Polygon): number {
  return polygon.reduce((area, ring, i) => area + (i === 0 ? 1 : -1) * Math.abs(ringArea(ring)), 0);
}

/** Centre of mass of the exterior ring; may lie outside a concave polygon. */
export function centroidOf(polygon: Polygon): Point {
  const ring = polygon[0] ?? [];
  const area = ringArea(ring);
  if (area === 0) return ring[0] ?? [0, 0];
  let x = 0;
  let y = 0;
  for (let i = 1; i < ring.length; i++) {
    const from = ring[i - 1];
    const to = ring[i];
    if (from === undefined || to === undefined) continue;
    const cross = from[0] * to[1] - to[0] * from[1];
    x += (from[0] + to[0]) * cross;
    y += (from[1] + to[1]) * cross;
  }
  return [x / (6 * area), y / (6 * area)];
}
