import type { Point } from '../site';

/** Squared distance from (x, y) to the segment a–b. */
export function sqDistToSegment(x: number, y: number, a: Point, b: Point): number {
  const [nearX, nearY] = nearestOnSegment(x, y, a, b);
  const dx = x - nearX;
  const dy = y - nearY;
  return dx * dx + dy * dy;
}

/** The point of the segment a–b nearest to (x, y). */
export function nearestOnSegment(x: number, y: number, a: Point, b: Point): Point {
  const [ax, ay] = a;
  const dx = b[0] - ax;
  const dy = b[1] - ay;
  const sqLength = dx * dx + dy * dy;
  if (sqLength === 0) return a;
  const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / sqLength));
  return [ax + share * dx, ay + share * dy];
}

/** Whether the segments a–b and c–d share a point; touching counts. */
export function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const abc = side(a, b, c);
  const abd = side(a, b, d);
  const cda = side(c, d, a);
  const cdb = side(c, d, b);
  if (((abc > 0 && abd < 0) || (abc < 0 && abd > 0)) && ((cda > 0 && cdb < 0) || (cda < 0 && cdb > 0))) return true;
  return (
    (abc === 0 && isInBox(a, b, c)) ||
    (abd === 0 && isInBox(a, b, d)) ||
    (cda === 0 && isInBox(c, d, a)) ||
    (cdb === 0 && isInBox(c, d, b))
  );
}

/** Positive when c lies to the left of a→b, negative to the right, 0 on the line. */
function side(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function isInBox(a: Point, b: Point, p: Point): boolean {
  return (
    Math.min(a[0], b[0]) <= p[0] &&
    p[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= p[1] &&
    p[1] <= Math.max(a[1], b[1])
  );
}
