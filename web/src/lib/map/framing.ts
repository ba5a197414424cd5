import type { Bounds, Position } from '../api/types';

/** Space kept free at the edges of the map, pixels. */
export interface Padding {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the map looks at: metres of the level at the middle of the screen, and pixels a metre. */
export interface Framing {
  readonly middle: Position;
  readonly scale: number;
}

/** The largest view that holds the bounds inside what the padding leaves, no larger than `maxScale` pixels a metre. */
export function frameBounds(bounds: Bounds, size: Size, padding: Padding, maxScale = Infinity): Framing {
  const [wide, high] = [Math.max(bounds.maxX - bounds.minX, 0.1), Math.max(bounds.maxY - bounds.minY, 0.1)];
  const free = freeSize(size, padding);
  const scale = Math.min(free.width / wide, free.height / high, maxScale);
  return frameAt([(bounds.minX + bounds.maxX) / 2, (bounds.minY + bounds.maxY) / 2], scale, padding);
}

/** A view with this point in the middle of what the padding leaves. */
export function frameAt([x, y]: Position, scale: number, { top, right, bottom, left }: Padding): Framing {
  return { middle: [x - (left - right) / 2 / scale, y + (top - bottom) / 2 / scale], scale };
}

/** The same view moved so that it shows no more emptiness beside the bounds than it must; `margin` in metres. */
export function keepOver(
  { middle, scale }: Framing,
  bounds: Bounds,
  size: Size,
  padding: Padding,
  margin = 3,
): Framing {
  const free = freeSize(size, padding);
  const inner = frameAt([0, 0], scale, padding).middle;
  const clamp = (at: number, low: number, high: number, span: number): number => {
    const [least, most] = [low - margin + span / 2, high + margin - span / 2];
    return least > most ? (low + high) / 2 : Math.min(Math.max(at, least), most);
  };
  const x = clamp(middle[0] - inner[0], bounds.minX, bounds.maxX, free.width / scale);
  const y = clamp(middle[1] - inner[1], bounds.minY, bounds.maxY, free.height / scale);
  return { middle: [x + inner[0], y + inner[1]], scale };
}

/** Of several ways to keep clear of what floats over the map, the first that shows the bounds about largest. */
export function bestPadding(bounds: Bounds, size: Size, ways: readonly [Padding, ...Padding[]]): Padding {
  let best = ways[0];
  for (const way of ways.slice(1)) {
    if (frameBounds(bounds, size, way).scale > frameBounds(bounds, size, best).scale * 1.05) best = way;
  }
  return best;
}

export function boundsOf(points: readonly Position[]): Bounds {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) };
}

const freeSize = ({ width, height }: Size, { top, right, bottom, left }: Padding): Size => ({
  width: Math.max(width - left - right, 40),
  height: Math.max(height - top - bottom, 40),
});
