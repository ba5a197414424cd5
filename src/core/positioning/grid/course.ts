import { lengthOf } from '../../fast-math';
import type { GridRules } from '../../rules';
import { cells, columns, rows } from './listed-cells';
import type { Stride } from './move-on';
import type { Window } from './window';

/** Read once: an imported name is looked up at every use. */
const [listed, columnOf, rowOf] = [cells, columns, rows];

/** Which way a walking tag goes: its velocity, m/s, what is unknown of it, and how that hangs together with its place. */
export interface Course {
  x: number;
  y: number;
  /** Variance of velocity per axis, m²/s², and its covariance with place, m²/s. */
  variance: number;
  withPlace: number;
}

export function copyCourse(from: Course, to: Course): void {
  to.x = from.x;
  to.y = from.y;
  to.variance = from.variance;
  to.withPlace = from.withPlace;
}

export function forgetCourse(out: Course, { walkMps }: GridRules): void {
  out.x = 0;
  out.y = 0;
  out.variance = walkMps ** 2;
  out.withPlace = 0;
}

/** How far a course carries in a time: it fades as tags turn (Ornstein and Uhlenbeck). */
export function strideOf({ x, y, variance, withPlace }: Course, dtS: number, rules: GridRules, out: Stride): void {
  const lasting = rules.courseS * (1 - Math.exp(-dtS / rules.courseS));
  out.x = x * lasting;
  out.y = y * lasting;
  out.variance = 2 * withPlace * lasting + variance * lasting ** 2 + rules.walkM2PerS * dtS;
}

/** The course at the end of that time. What is fast turns as fast: its velocity is as unknown as it is large. */
export function fadeCourse(course: Course, dtS: number, rules: GridRules): void {
  const kept = Math.exp(-dtS / rules.courseS);
  const { x, y, variance, withPlace } = course;
  course.x = x * kept;
  course.y = y * kept;
  course.variance = kept ** 2 * variance + (1 - kept ** 2) * Math.max(rules.walkMps ** 2, x ** 2 + y ** 2);
  course.withPlace = kept * (withPlace + variance * rules.courseS * (1 - kept));
}

/** The tags that walk in a window: their share, mean place, cells of the level, and variance per axis, m². */
export interface Moments {
  share: number;
  x: number;
  y: number;
  variance: number;
}

/** Of the cells listed. */
export function momentsOf({ column, row, walk }: Window, count: number, cellM: number, out: Moments): void {
  let sum = 0;
  let sx = 0;
  let sy = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const own = walk[listed[i] ?? 0] ?? 0;
    const x = columnOf[i] ?? 0;
    const y = rowOf[i] ?? 0;
    sum += own;
    sx += own * x;
    sy += own * y;
    squares += own * (x * x + y * y);
  }
  out.share = sum;
  out.x = column + sx / sum;
  out.y = row + sy / sum;
  out.variance = 0.5 * (squares / sum - (sx / sum) ** 2 - (sy / sum) ** 2) * cellM * cellM;
}

/** What a shift of the place says of the velocity (the gain of a Kalman filter, the place being the grid's). */
export function correctCourse(course: Course, before: Moments, after: Moments, cellM: number): void {
  if (!(before.variance > 0) || !(after.variance >= 0)) return;
  const gain = course.withPlace / before.variance;
  const x = course.x + gain * (after.x - before.x) * cellM;
  const y = course.y + gain * (after.y - before.y) * cellM;
  const slower = Math.min(1, fastest / Math.max(1e-9, lengthOf(x, y)));
  const gone = Math.max(0, before.variance - after.variance);
  course.x = round(x * slower);
  course.y = round(y * slower);
  course.variance = round(Math.max(0.01, course.variance - gain ** 2 * gone));
  course.withPlace = round(gain * Math.min(before.variance, after.variance));
}

/** A share of those walking has only just set off: nothing is known of its course. */
export function joinCourse(course: Course, share: number, rules: GridRules): void {
  const kept = 1 - share;
  const { x, y, variance } = course;
  course.variance = kept * variance + share * rules.walkMps ** 2 + kept * share * (x ** 2 + y ** 2) * 0.5;
  course.x = kept * x;
  course.y = kept * y;
  course.withPlace *= kept;
}

/** People push no faster, m/s. */
const fastest = 2;
const round = (value: number): number => Math.round(value * 1000) / 1000;
