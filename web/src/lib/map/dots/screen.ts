import type { Frame, Position } from '../../api/types';
import { toLngLat } from '../frame';

/** Where metres of a level are on the screen. A building is small and the map lies flat, so this is affine. */
export interface Screen {
  /** Pixels from the map's top left corner of the point (0, 0), and how far a metre along each axis leads. */
  readonly origin: Position;
  readonly alongX: Position;
  readonly alongY: Position;
  /** Pixels a metre. */
  readonly scale: number;
}

/** Metres from which the slopes are taken. */
const span = 100;

export function screenOf(frame: Frame, project: (at: [number, number]) => { x: number; y: number }): Screen {
  const [zero, east, north] = [
    project(toLngLat(frame, [0, 0])),
    project(toLngLat(frame, [span, 0])),
    project(toLngLat(frame, [0, span])),
  ];
  const alongX: Position = [(east.x - zero.x) / span, (east.y - zero.y) / span];
  const alongY: Position = [(north.x - zero.x) / span, (north.y - zero.y) / span];
  return { origin: [zero.x, zero.y], alongX, alongY, scale: Math.hypot(...alongX) };
}

export const onScreen = ({ origin, alongX, alongY }: Screen, x: number, y: number): [x: number, y: number] => [
  origin[0] + x * alongX[0] + y * alongY[0],
  origin[1] + x * alongX[1] + y * alongY[1],
];

export const isSameScreen = (a: Screen, b: Screen): boolean =>
  isSame(a.origin, b.origin) && isSame(a.alongX, b.alongX) && isSame(a.alongY, b.alongY);

const isSame = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];
