import type { Calibration, ResidualPoint } from '../calibration';
import type { GatewayId, LevelId } from '../ids';
import type { Gateway, Site } from '../site';
import { type Barriers, wallsBetween } from './barriers';
import { cholesky, invert } from './cholesky';
import { fitShadowing } from './fit-shadowing';
import { expectedOn, type Line } from './line';
import { decadesTo } from './path-loss';
import {
  covariances,
  lineCovariance,
  shadowCovariance,
  shadowCovariances,
  type Shadowing,
  spotVarianceOf,
} from './shadowing';
import { emptySpots, type HeardSpots, placeSpot, spotsOf, usualDecades } from './spots';

/** One gateway's survey, solved for: its own line, and a Gaussian process around it. */
export interface Kriging {
  readonly gateway: Gateway;
  readonly tagHeight: number;
  /** The line the survey leaves likeliest; `sigma` is of no use here. */
  readonly line: Line;
  readonly shadowing: Shadowing;
  readonly spots: HeardSpots;
  /** Inverse covariance, and the same times what was heard beyond the line common to all gateways. */
  readonly inverse: Float64Array;
  readonly weights: Float64Array;
}

/** One place or two do not tell what is a gateway's own from what is theirs: a map of them is worse than none. */
const leastPlaces = 3;

/**
 * Maps of what each surveyed gateway hears on its own level (kriging with an uncertain line as trend: Rasmussen and
 * Williams, Gaussian Processes for Machine Learning, 2.7). None where a calibration holds no residuals.
 */
export function krige(
  site: Site,
  calibration: Calibration | null,
  barriers: ReadonlyMap<LevelId, Barriers | null>,
): Map<GatewayId, Kriging> {
  const common = calibration?.fallback.through;
  if (calibration === null || common === undefined) return new Map();
  const points = calibration.residuals ?? [];
  if (new Set(points.map(({ levelId, x, y }) => `${levelId} ${x} ${y}`)).size < leastPlaces) return new Map();
  const lines = new Map(calibration.gateways.map((radio) => [radio.gatewayId, radio.through ?? common]));
  const surveyed = [...byGateway(points)].flatMap(([id, points]) => {
    const gateway = site.gatewayById.get(id);
    if (gateway === undefined) return [];
    const spots = spotsOf(points, gateway, site.tagHeight, wallsFrom(gateway, barriers.get(gateway.levelId) ?? null));
    return [aroundCommon({ gateway, spots, tagHeight: site.tagHeight }, lines.get(id) ?? common, common)];
  });
  if (surveyed.length === 0) return new Map();
  const shadowing = fitShadowing(surveyed.map(({ spots }) => spots));
  return new Map(surveyed.map((own) => [own.gateway.id, solve(own, common, shadowing)]));
}

interface Surveyed {
  readonly gateway: Gateway;
  readonly spots: HeardSpots;
  readonly tagHeight: number;
}

function byGateway(points: readonly ResidualPoint[]): Map<GatewayId, ResidualPoint[]> {
  const all = new Map<GatewayId, ResidualPoint[]>();
  for (const point of points) {
    const own = all.get(point.gatewayId);
    if (own === undefined) all.set(point.gatewayId, [point]);
    else own.push(point);
  }
  return all;
}

const wallsFrom =
  ({ x, y }: Gateway, barriers: Barriers | null) =>
  (toX: number, toY: number): number =>
    barriers === null ? 0 : wallsBetween(barriers, x, y, toX, toY);

/** Residuals around a gateway's own line, taken around the common one. */
function aroundCommon({ gateway, spots, tagHeight }: Surveyed, own: Line, common: Line): Surveyed {
  const db = spots.db.map((value, i) => {
    const decades = decadesTo(gateway, { x: spots.x[i] ?? 0, y: spots.y[i] ?? 0 }, tagHeight);
    const walls = spots.walls[i] ?? 0;
    return value + expectedOn(own, decades, walls) - expectedOn(common, decades, walls);
  });
  return { gateway, tagHeight, spots: { ...spots, db } };
}

function solve({ gateway, spots, tagHeight }: Surveyed, common: Line, shadowing: Shadowing): Kriging {
  const n = spots.count;
  const inverse = invert(cholesky(covariances(spots, shadowing), n));
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) weights[i] = (weights[i] ?? 0) + (inverse[i * n + j] ?? 0) * (spots.db[j] ?? 0);
  }
  return { gateway, tagHeight, line: ownLine(spots, weights, common, shadowing), shadowing, spots, inverse, weights };
}

/** Posterior mean of the coefficients of a gateway's line. */
function ownLine(spots: HeardSpots, weights: Float64Array, common: Line, shadowing: Shadowing): Line {
  let [level, slope, wall] = [0, 0, 0];
  weights.forEach((weight, i) => {
    level += weight * shadowing.levelDb ** 2;
    slope += weight * 100 * shadowing.exponent ** 2 * (spots.decades[i] ?? 0);
    wall += weight * shadowing.wallDb ** 2 * (spots.walls[i] ?? 0);
  });
  return {
    rssi1m: common.rssi1m + level - slope * usualDecades,
    exponent: common.exponent - slope / 10,
    wallDb: common.wallDb - wall,
    sigma: common.sigma,
  };
}

let shared = new Float64Array(256);
const place = emptySpots(1);

/** What a place shares of shadowing with each spot of a survey, into `shared`. */
function look({ gateway, tagHeight, shadowing, spots }: Kriging, x: number, y: number, walls: number): void {
  if (shared.length < spots.count) shared = new Float64Array(2 * spots.count);
  placeSpot(place, 0, { x, y, walls }, gateway, tagHeight);
  shadowCovariances(place, spots, shadowing, shared);
}

/** What is expected at a place beyond the gateway's line, dB. */
export function residualAt(kriging: Kriging, x: number, y: number, walls: number): number {
  const { spots, weights } = kriging;
  look(kriging, x, y, walls);
  let db = 0;
  for (let i = 0; i < spots.count; i++) db += (shared[i] ?? 0) * (weights[i] ?? 0);
  return db;
}

/** How far the line and the residual together may be off at a place, dB². */
export function residualVarianceAt(kriging: Kriging, x: number, y: number, walls: number): number {
  const { shadowing, spots, inverse } = kriging;
  const n = spots.count;
  look(kriging, x, y, walls);
  for (let i = 0; i < n; i++) shared[i] = (shared[i] ?? 0) + lineCovariance(place, 0, spots, i, shadowing);
  let known = 0;
  for (let i = 0; i < n; i++) {
    const sum = 0.5 * (inverse[i * n + i] ?? 0) * (shared[i] ?? 0) + dot(inverse, i * n, shared, i);
    known += 2 * (shared[i] ?? 0) * sum;
  }
  const own = lineCovariance(place, 0, place, 0, shadowing) + shadowCovariance(place, 0, place, 0, shadowing);
  return Math.max(0, own - known) + spotVarianceOf(shadowing);
}

/** Sum of products of numbers in a row from `at` with the first `count` of others; two sums wait for each other less than one. */
function dot(row: Float64Array, at: number, others: Float64Array, count: number): number {
  let [even, odd] = [0, 0];
  let i = 0;
  for (; i + 1 < count; i += 2) {
    even += (row[at + i] ?? 0) * (others[i] ?? 0);
    odd += (row[at + i + 1] ?? 0) * (others[i + 1] ?? 0);
  }
  if (i < count) even += (row[at + i] ?? 0) * (others[i] ?? 0);
  return even + odd;
}
