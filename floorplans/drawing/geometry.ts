import type { Point, Ring } from '../../src/core';

export type Side = 'N' | 'S' | 'E' | 'W';
/** From and to, metres, lower first. */
export type Span = readonly [from: number, to: number];

export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export type Corner = 'SW' | 'SE' | 'NE' | 'NW';

/** Plans are drawn to the centimetre, so that shared walls share their numbers. */
export const toCentimetre = (metres: number): number => Math.round(metres * 100) / 100;

export function rectOf(xs: Span, ys: Span): Rect {
  return { x0: toCentimetre(xs[0]), y0: toCentimetre(ys[0]), x1: toCentimetre(xs[1]), y1: toCentimetre(ys[1]) };
}

export const widthOf = (rect: Rect): number => rect.x1 - rect.x0;
export const heightOf = (rect: Rect): number => rect.y1 - rect.y0;

/** Closed, counter-clockwise from the south-west corner. */
export function ringOf({ x0, y0, x1, y1 }: Rect): Ring {
  return closed([
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]);
}

/** The ring of `room` with `cut`, which fills one of its corners, taken out. */
export function ringWithout(room: Rect, cut: Rect): Ring {
  const { x0, y0, x1, y1 } = room;
  const corner = cornerOf(room, cut);
  const turns: Record<Corner, readonly Point[]> = { SW: [[x0, y0]], SE: [[x1, y0]], NE: [[x1, y1]], NW: [[x0, y1]] };
  const around: Record<Corner, readonly Point[]> = {
    SW: [
      [x0, cut.y1],
      [cut.x1, cut.y1],
      [cut.x1, y0],
    ],
    SE: [
      [cut.x0, y0],
      [cut.x0, cut.y1],
      [x1, cut.y1],
    ],
    NE: [
      [x1, cut.y0],
      [cut.x0, cut.y0],
      [cut.x0, y1],
    ],
    NW: [
      [cut.x1, y1],
      [cut.x1, cut.y0],
      [x0, cut.y0],
    ],
  };
  const order: readonly Corner[] = ['SW', 'SE', 'NE', 'NW'];
  return closed(order.flatMap((each) => (each === corner ? around[each] : turns[each])));
}

function cornerOf(room: Rect, cut: Rect): Corner {
  return `${cut.y0 === room.y0 ? 'S' : 'N'}${cut.x0 === room.x0 ? 'W' : 'E'}`;
}

function closed(points: readonly Point[]): Ring {
  const first = points[0];
  return first ? [...points, first] : [];
}

export function isInside([x, y]: Point, ring: Ring): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] ?? [0, 0];
    const [bx, by] = ring[i] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
