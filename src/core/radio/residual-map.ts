import type { ResidualPoint } from '../calibration';
import type { GatewayId } from '../ids';
import { cholesky, invert } from './cholesky';

/** One gateway's survey residuals, solved for: a Gaussian process around its path loss. */
export interface Kriging {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Inverse covariance times residuals. */
  readonly weights: Float64Array;
  readonly rangeM: number;
  readonly signalVariance: number;
  /** Spread far from all points, and beside one, dB². */
  readonly farVariance: number;
  readonly nearVariance: number;
}

/** A choice of covariance: how far shadowing reaches, and how much of a residual is not shadowing. */
interface Choice {
  readonly rangeM: number;
  readonly noiseShare: number;
}

const choices: readonly Choice[] = [1.5, 3, 6].flatMap((rangeM) =>
  [0.15, 0.35, 0.65].map((noiseShare) => ({ rangeM, noiseShare })),
);
/** Log likelihood per point by which a map must foretell points left out better than no map. */
const leastGain = 0.02;

/**
 * Maps of residuals by gateway, for one level. Covariance is Matérn 3/2 (shadowing is correlated over metres); its range
 * and noise are those that foretell each point from the others best (leave-one-out likelihood: Rasmussen and Williams,
 * Gaussian Processes for Machine Learning, 5.4.2). When none foretells better than no map, there is none.
 */
export function krige(points: readonly ResidualPoint[]): Map<GatewayId, Kriging> {
  const byGateway = new Map<GatewayId, ResidualPoint[]>();
  for (const point of points) {
    const own = byGateway.get(point.gatewayId);
    if (own === undefined) byGateway.set(point.gatewayId, [point]);
    else own.push(point);
  }
  const choice = choose([...byGateway.values()]);
  if (choice === null) return new Map();
  return new Map([...byGateway].map(([id, own]) => [id, solve(own, choice)]));
}

/** Gateways whose points settle the covariance: enough to know it. */
const mostJudges = 10;

function choose(all: readonly (readonly ResidualPoint[])[]): Choice | null {
  const judges = [...all].sort((a, b) => b.length - a.length).slice(0, mostJudges);
  const count = judges.reduce((sum, own) => sum + own.length, 0);
  const likelihood = (choice: Choice | null): number =>
    judges.reduce((sum, own) => sum + foretell(own, choice).logLikelihood, 0);
  let best = likelihood(null) + leastGain * count;
  let chosen: Choice | null = null;
  for (const choice of choices) {
    const own = likelihood(choice);
    if (own <= best) continue;
    best = own;
    chosen = choice;
  }
  return chosen;
}

/** How well each point is foretold by the others, and the mean square error of that, dB². */
function foretell(points: readonly ResidualPoint[], choice: Choice | null): { logLikelihood: number; sqError: number } {
  const total = varianceOf(points);
  let [logLikelihood, squares] = [0, 0];
  const inverse = choice === null ? null : invert(cholesky(covariance(points, choice, total), points.length));
  points.forEach((point, i) => {
    let error = point.db;
    let variance = total;
    if (inverse !== null) {
      variance = 1 / (inverse[i * points.length + i] ?? 1);
      error = 0;
      points.forEach(({ db }, j) => (error += (inverse[i * points.length + j] ?? 0) * db * variance));
    }
    squares += error * error;
    logLikelihood -= 0.5 * (Math.log(variance) + (error * error) / variance);
  });
  return { logLikelihood, sqError: squares / points.length };
}

const varianceOf = (points: readonly ResidualPoint[]): number =>
  Math.max(1, points.reduce((sum, { db }) => sum + db * db, 0) / points.length);

function covariance(points: readonly ResidualPoint[], { rangeM, noiseShare }: Choice, total: number): Float64Array {
  const n = points.length;
  const out = new Float64Array(n * n);
  points.forEach((a, i) => {
    points.forEach((b, j) => {
      const shared = (1 - noiseShare) * total * correlation(Math.hypot(a.x - b.x, a.y - b.y), rangeM);
      out[i * n + j] = i === j ? shared + noiseShare * total : shared;
    });
  });
  return out;
}

function correlation(distance: number, rangeM: number): number {
  const t = (Math.sqrt(3) * distance) / rangeM;
  return (1 + t) * Math.exp(-t);
}

function solve(points: readonly ResidualPoint[], choice: Choice): Kriging {
  const n = points.length;
  const total = varianceOf(points);
  const inverse = invert(cholesky(covariance(points, choice, total), n));
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    points.forEach(({ db }, j) => (weights[i] = (weights[i] ?? 0) + (inverse[i * n + j] ?? 0) * db));
  }
  return {
    x: Float64Array.from(points, ({ x }) => x),
    y: Float64Array.from(points, ({ y }) => y),
    weights,
    rangeM: choice.rangeM,
    signalVariance: (1 - choice.noiseShare) * total,
    farVariance: total,
    nearVariance: Math.min(total, foretell(points, choice).sqError),
  };
}

/** Residual expected at a place and its variance: that of points left out where points are near, all of it far away. */
export function residualAt(kriging: Kriging, x: number, y: number): { db: number; variance: number } {
  const { weights, rangeM, signalVariance, farVariance, nearVariance } = kriging;
  let db = 0;
  let nearest = 0;
  for (let i = 0; i < weights.length; i++) {
    const shared = correlation(Math.hypot(x - (kriging.x[i] ?? 0), y - (kriging.y[i] ?? 0)), rangeM);
    nearest = Math.max(nearest, shared);
    db += shared * signalVariance * (weights[i] ?? 0);
  }
  return { db, variance: farVariance - (farVariance - nearVariance) * nearest * nearest };
}
