import { cholesky } from './cholesky';
import { covariances, type Shadowing } from './shadowing';
import type { HeardSpots } from './spots';

/** What is believed of shadowing before a survey: medians, and how far a site may differ, natural logarithms. */
const usual: Shadowing = {
  levelDb: 3,
  exponent: 0.3,
  wallDb: 1,
  placeDb: 3.5,
  placeM: 3,
  rayDb: 2,
  rayRad: 0.5,
  rayM: 6,
  spotDb: 2,
  visitDb: 2.5,
  rowDb: 2,
};
const spread = 0.5;

const judged = ['levelDb', 'exponent', 'placeDb', 'placeM', 'rayDb', 'rayRad', 'spotDb', 'visitDb', 'rowDb'] as const;
const steps = [0.5, 0.25, 0.12];
const mostRounds = 6;
/** Gateways and places that settle it: more cost time and change little. */
const mostJudges = 12;
const mostPlaces = 64;

/**
 * The shadowing of a site: that under which its survey is likeliest (marginal likelihood of Gaussian processes), drawn
 * towards what is usual the more the smaller the survey. One for all gateways.
 */
export function fitShadowing(all: readonly HeardSpots[]): Shadowing {
  const judges = [...all]
    .sort((a, b) => b.count - a.count)
    .slice(0, mostJudges)
    .map(thinned);
  let best = usual;
  let cost = costOf(best, judges);
  for (const step of steps) {
    for (let round = 0; round < mostRounds; round++) {
      const before = cost;
      for (const name of judged) {
        for (const factor of [Math.exp(step), Math.exp(-step)]) {
          const tried = { ...best, [name]: best[name] * factor };
          const own = costOf(tried, judges);
          if (own >= cost) continue;
          [best, cost] = [tried, own];
          break;
        }
      }
      if (before - cost < 0.05) break;
    }
  }
  return best;
}

function costOf(shadowing: Shadowing, judges: readonly HeardSpots[]): number {
  const unusual = judged.reduce((sum, name) => sum + (Math.log(shadowing[name] / usual[name]) / spread) ** 2, 0);
  return judges.reduce((sum, spots) => sum + unlikelihood(spots, shadowing), 0.5 * unusual);
}

/** Minus the log of the marginal likelihood (Rasmussen and Williams, Gaussian Processes for Machine Learning, 5.8). */
export function unlikelihood(spots: HeardSpots, shadowing: Shadowing): number {
  const n = spots.count;
  const lower = cholesky(covariances(spots, shadowing), n);
  const solved = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let own = spots.db[i] ?? 0;
    for (let k = 0; k < i; k++) own -= (lower[i * n + k] ?? 0) * (solved[k] ?? 0);
    const diagonal = lower[i * n + i] ?? 1;
    solved[i] = own / diagonal;
    sum += 0.5 * (own / diagonal) ** 2 + Math.log(diagonal);
  }
  return sum;
}

/** Every so many of a gateway's places, evenly. */
function thinned(spots: HeardSpots): HeardSpots {
  if (spots.count <= mostPlaces) return spots;
  const share = spots.count / mostPlaces;
  const pick = (from: Float64Array): Float64Array =>
    Float64Array.from({ length: mostPlaces }, (_, i) => from[Math.floor(i * share)] ?? 0);
  return {
    count: mostPlaces,
    x: pick(spots.x),
    y: pick(spots.y),
    decades: pick(spots.decades),
    walls: pick(spots.walls),
    towardsX: pick(spots.towardsX),
    towardsY: pick(spots.towardsY),
    metres: pick(spots.metres),
    db: pick(spots.db),
    rows: pick(spots.rows),
    visits: pick(spots.visits),
  };
}
