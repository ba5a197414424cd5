import type { Frame, Position } from '../api/types';

/** The only file where metres become degrees. Affine, so exact both ways to the last bit that matters. */
export const toLngLat = (frame: Frame, [x, y]: Position): [lng: number, lat: number] => [
  frame.lng0 + x * frame.dLngDx + y * frame.dLngDy,
  frame.lat0 + x * frame.dLatDx + y * frame.dLatDy,
];

export function toMetres(frame: Frame, [lng, lat]: readonly [number, number]): [x: number, y: number] {
  const { dLngDx, dLngDy, dLatDx, dLatDy } = frame;
  const determinant = dLngDx * dLatDy - dLngDy * dLatDx;
  const [east, north] = [lng - frame.lng0, lat - frame.lat0];
  return [(east * dLatDy - north * dLngDy) / determinant, (north * dLngDx - east * dLatDx) / determinant];
}

/** The turn that sets the plan's x axis level on screen, degrees clockwise from north. */
export function planBearing(frame: Frame): number {
  const east = frame.dLngDy * Math.cos((frame.lat0 * Math.PI) / 180);
  return (Math.atan2(east, frame.dLatDy) * 180) / Math.PI;
}

/** Pixels a metre takes at zoom 0 on 512-pixel tiles at the plan's latitude. */
export function pixelsPerMetre(frame: Frame): number {
  const earthMetres = 40_075_016.686 * Math.cos((frame.lat0 * Math.PI) / 180);
  return 512 / earthMetres;
}
