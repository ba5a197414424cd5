import type { GridRules } from '../../rules';
import { sizeOf, type Window } from './belief';
import type { FloorGrid } from './floor-grid';
import type { Stride } from './move-on';

/** Which way a walking tag goes: its velocity, m/s, what is unknown of it, and how that hangs together with its place. */
export interface Course {
  readonly x: number;
  readonly y: number;
  /** Variance of velocity per axis, m²/s², and its covariance with place, m²/s. */
  readonly variance: number;
  readonly withPlace: number;
}

export const noCourse = (rules: GridRules): Course => ({ x: 0, y: 0, variance: rules.walkMps ** 2, withPlace: 0 });

/**
 * How far a course carries in a time, and the course at its end: it fades as tags turn (Ornstein and Uhlenbeck). What is
 * fast turns as fast: its velocity is as unknown as it is large.
 */
export function strideOf(course: Course, dtS: number, rules: GridRules): { stride: Stride; course: Course } {
  const kept = Math.exp(-dtS / rules.courseS);
  const lasting = rules.courseS * (1 - kept);
  const { x, y, variance, withPlace } = course;
  return {
    stride: {
      x: x * lasting,
      y: y * lasting,
      variance: 2 * withPlace * lasting + variance * lasting ** 2 + rules.walkM2PerS * dtS,
    },
    course: {
      x: x * kept,
      y: y * kept,
      variance: kept ** 2 * variance + (1 - kept ** 2) * Math.max(rules.walkMps ** 2, x ** 2 + y ** 2),
      withPlace: kept * (withPlace + variance * lasting),
    },
  };
}

/** Mean place, cells of the level, and variance per axis, m², of the tags that walk in a window. */
export interface Moments {
  x: number;
  y: number;
  variance: number;
}

export function momentsOf({ column, row, width, height, walk }: Window, { cellM }: FloorGrid, out: Moments): void {
  let [sum, sx, sy, squares] = [0, 0, 0, 0];
  for (let up = 0, cell = 0; up < height; up++) {
    for (let right = 0; right < width; right++, cell++) {
      const own = walk[cell] ?? 0;
      if (own === 0) continue;
      sum += own;
      sx += own * right;
      sy += own * up;
      squares += own * (right * right + up * up);
    }
  }
  out.x = column + sx / sum;
  out.y = row + sy / sum;
  out.variance = 0.5 * (squares / sum - (sx / sum) ** 2 - (sy / sum) ** 2) * cellM * cellM;
}

/** What a shift of the place says of the velocity (the gain of a Kalman filter, the place being the grid's). */
export function correctCourse(course: Course, before: Moments, after: Moments, { cellM }: FloorGrid): Course {
  if (!(before.variance > 0) || !(after.variance >= 0)) return course;
  const gain = course.withPlace / before.variance;
  const x = course.x + gain * (after.x - before.x) * cellM;
  const y = course.y + gain * (after.y - before.y) * cellM;
  const slower = Math.min(1, fastest / Math.max(1e-9, Math.hypot(x, y)));
  const gone = Math.max(0, before.variance - after.variance);
  return {
    x: round(x * slower),
    y: round(y * slower),
    variance: round(Math.max(0.01, course.variance - gain ** 2 * gone)),
    withPlace: round(gain * Math.min(before.variance, after.variance)),
  };
}

/** A share of those walking has only just set off: nothing is known of its course. */
export function joinCourse(course: Course, share: number, rules: GridRules): Course {
  const kept = 1 - share;
  return {
    x: kept * course.x,
    y: kept * course.y,
    variance:
      kept * course.variance + share * rules.walkMps ** 2 + kept * share * (course.x ** 2 + course.y ** 2) * 0.5,
    withPlace: kept * course.withPlace,
  };
}

/** People push no faster, m/s. */
const fastest = 2;
const round = (value: number): number => Math.round(value * 1000) / 1000;

export function walkersIn(window: Window): number {
  const { walk } = window;
  const size = sizeOf(window);
  let sum = 0;
  for (let cell = 0; cell < size; cell++) sum += walk[cell] ?? 0;
  return sum;
}
