import { lengthOf } from '../../fast-math';
import type { GridRules, Rules } from '../../rules';
import type { Course } from './course';
import type { ExpectedSignals } from './expected-signals';
import type { News } from './news';

/** Powers likelihoods are raised to: what of a look is new for a tag that walks, and for one that rests. */
export interface Pace {
  walk: number;
  rest: number;
  /** Power the memory of rest is raised to, so that all looks count alike. */
  restPower: number;
  /** Looks at the resting tag, this one included. */
  looks: number;
}

/** What a pace is made of: looks at the resting tag before this one, its course if it walks, and the level's radio. */
export interface Paced {
  readonly looks: number;
  readonly course: Course;
  readonly expected: ExpectedSignals;
}

/**
 * What of a look is new. A sighting errs by the shadowing of its place and by fading. Shadowing stays while a tag rests:
 * of `n` looks each may count as one of variance `n` shadowing + fading. While a tag walks it fades with the way gone:
 * a mean over correlated errors (AR(1)) is worth the fewer looks the closer they lie.
 */
export function paceOf({ looks: looksBefore, course, expected }: Paced, news: News, rules: Rules, out: Pace): void {
  const { grid } = rules;
  const shadowing = Math.max(4, meanVariance(news, expected) + news.excess);
  const one = shadowing + news.fading;
  const looks = Math.min(grid.mostLooks, looksBefore + news.share);
  const rest = Math.min(1, one / (looks * shadowing + news.fading));
  const restBefore = Math.min(1, one / (looksBefore * shadowing + news.fading));
  const kept = looks / (looksBefore + news.share);
  out.walk = walkPower(course, news, shadowing, grid);
  out.rest = rest;
  out.restPower = Math.min(1, (kept * rest) / restBefore);
  out.looks = looks;
}

function walkPower(course: Course, news: News, shadowing: number, { shadowM }: GridRules): number {
  const speed = lengthOf(course.x, course.y) + slowest;
  const kept = Math.exp((-news.spacingS * speed) / shadowM);
  return (shadowing + news.fading) / ((shadowing * (1 + kept)) / (1 - kept) + news.fading);
}

/** A tag that walks goes no slower, m/s. */
const slowest = 0.4;

/** Mean over the gateways heard and all places. */
function meanVariance({ count, gateway }: News, { gateways }: ExpectedSignals): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const map = gateways[gateway[i] ?? 0];
    if (map !== undefined) sum += map.typicalVariance;
  }
  return count === 0 ? 0 : sum / count;
}
