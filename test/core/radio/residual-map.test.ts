import { describe, expect, it } from 'vitest';
import {
  buildSiteModel,
  type Calibration,
  fitCalibration,
  gatewayId,
  levelId,
  type ResidualPoint,
  type SurveyPoint,
} from '../../../src/core';
import { cellX, cellY } from '../../../src/core/positioning/grid/floor-grid';
import { tabulateShadow } from '../../../src/core/positioning/grid/shadow-map';
import { cholesky, invert } from '../../../src/core/radio/cholesky';
import { krige, type Kriging, residualAt, residualVarianceAt } from '../../../src/core/radio/residual-map';
import { shadowCovariance, shadowCovariances } from '../../../src/core/radio/shadowing';
import { emptySpots, placeSpot } from '../../../src/core/radio/spots';
import { box, madeSite, seededNoise } from '../made-site';

const shadow = (x: number, y: number): number => 5 * Math.sin(x / 2) * Math.cos(y / 3);
const gateway = gatewayId('L0-0');
const hall = madeSite({ rooms: { hall: box(0, 0, 14, 14) }, gateways: [[0, 0]] });
const common = { rssi1m: -60, exponent: 2, sigma: 5, wallDb: 3 };

function pointsWith(dbAt: (x: number, y: number) => number): ResidualPoint[] {
  return Array.from({ length: 100 }, (_, i) => {
    const [x, y] = [(i % 10) * 1.2, Math.floor(i / 10) * 1.2];
    return { gatewayId: gateway, levelId: levelId('L0'), x, y, db: dbAt(x, y) };
  });
}

const calibrationOf = (residuals: readonly ResidualPoint[]): Calibration => ({
  siteId: 'made',
  fittedAt: 0,
  gateways: [],
  fallback: { rssi1m: -60, exponent: 2, sigma: 5, points: residuals.length, through: common },
  residuals,
});

function mapOf(residuals: readonly ResidualPoint[]): Kriging {
  const map = krige(hall, calibrationOf(residuals), new Map()).get(gateway);
  if (map === undefined) throw new Error('no map');
  return map;
}

/** What a map expects beyond the common line, and its variance. */
function beyond(map: Kriging, x: number, y: number): { db: number; variance: number } {
  const decades = 0.5 * Math.log10(x * x + y * y + 1.5 ** 2);
  const own = map.line.rssi1m - common.rssi1m - 10 * (map.line.exponent - common.exponent) * decades;
  return { db: residualAt(map, x, y, 0) + own, variance: residualVarianceAt(map, x, y, 0) };
}

describe('a map of residuals', () => {
  it('foretells smooth shadowing between its points, and is unsure far away', () => {
    const noise = seededNoise(1, 0.5);
    const map = mapOf(pointsWith((x, y) => shadow(x, y) + noise()));
    for (const [x, y] of [
      [2.1, 3.3],
      [5.5, 7.7],
      [8.9, 1.7],
    ] as const) {
      expect(Math.abs(beyond(map, x, y).db - shadow(x, y))).toBeLessThan(1.2);
    }
    expect(residualAt(map, 200, 200, 0)).toBeCloseTo(0, 6);
    expect(beyond(map, 5.5, 7.7).variance).toBeLessThan(beyond(map, 200, 200).variance / 2);
  });

  it('of a few points foretells near them and says that it is unsure elsewhere', () => {
    const few = pointsWith(() => 6).filter((_, i) => i % 17 === 0);
    const map = mapOf(few);
    expect(beyond(map, 5, 5).db).toBeGreaterThan(3);
    expect(beyond(map, 5, 5).variance).toBeLessThan(beyond(map, 100, 100).variance);
  });

  it('takes what all points share for the line of the gateway, not for shadowing', () => {
    const map = mapOf(pointsWith(() => 4));
    expect(map.line.rssi1m - 10 * map.line.exponent * 0.8).toBeCloseTo(-60 - 16 + 4, 0);
    expect(Math.abs(residualAt(map, 6, 6, 0))).toBeLessThan(1);
  });

  it('makes little of noise, and nothing of nothing', () => {
    const noise = seededNoise(2, 4);
    const map = mapOf(pointsWith(() => noise()));
    const made = pointsWith(() => 0).map(({ x, y }) => beyond(map, x, y).db ** 2);
    expect(Math.sqrt(made.reduce((sum, square) => sum + square, 0) / made.length)).toBeLessThan(2);
    expect(krige(hall, calibrationOf([]), new Map()).size).toBe(0);
    expect(krige(hall, null, new Map()).size).toBe(0);
  });

  it('is not made of one place or two, which do not tell what is theirs from what is the gateway’s own', () => {
    const sizeOf = (places: number): number =>
      krige(hall, calibrationOf(pointsWith((x) => x).slice(0, places)), new Map()).size;
    expect([1, 2, 3].map(sizeOf)).toEqual([0, 0, 1]);
  });

  it('believes rows of many visits more than as many rows of one', () => {
    const spot = { gatewayId: gateway, levelId: levelId('L0'), x: 5, y: 5, db: 8, count: 20 };
    const rest = pointsWith((x, y) => shadow(x, y)).filter(({ x, y }) => Math.hypot(x - 5, y - 5) > 4);
    const [once, often] = [1, 10].map((visits) => beyond(mapOf([...rest, { ...spot, visits }]), 5, 5));
    expect(often?.db).toBeGreaterThan(once?.db ?? Infinity);
    expect(often?.variance).toBeLessThan(once?.variance ?? 0);
  });

  it.each([
    { side: 14, usually: 1e-4, most: 1e-4 },
    { side: 42, usually: 0.3, most: 2 },
  ])('is tabulated as it is solved, on a level of $side m', ({ side, usually, most }) => {
    const site = madeSite({ rooms: { hall: box(0, 0, side, side) }, gateways: [[0, 0]] });
    const points = pointsWith((x, y) => shadow(x, y));
    const map = krige(site, calibrationOf(points), new Map()).get(gateway);
    const floor = buildSiteModel(site, null, { method: 'bayes-grid' }).levels[0]?.grid?.floor;
    if (floor === undefined || map === undefined) throw new Error('no grid');
    const table = tabulateShadow(map, floor, null);
    const off = Array.from(floor.unit, (_, cell) => {
      const [x, y] = [cellX(floor, cell), cellY(floor, cell)];
      const [db, variance] = [residualAt(map, x, y, 0), residualVarianceAt(map, x, y, 0)];
      const sigma = Math.sqrt(table.variance[cell] ?? NaN);
      return Math.max(Math.abs(db - (table.db[cell] ?? NaN)), Math.abs(Math.sqrt(variance) - sigma));
    }).sort((a, b) => a - b);
    expect(off.length).toBeGreaterThan(500);
    expect(off[Math.floor(off.length * 0.9)]).toBeLessThan(usually);
    expect(off.at(-1)).toBeLessThan(most);
  });
});

it('what one place shares with many is what it shares with each, within a thousandth', () => {
  const [gate] = hall.levels[0]?.gateways ?? [];
  if (gate === undefined) throw new Error('no gateway');
  const shadowing = {
    ...{ levelDb: 3, exponent: 0.3, wallDb: 1, placeDb: 3.5, placeM: 3, rayDb: 2, rayRad: 0.5, rayM: 6 },
    ...{ spotDb: 2, visitDb: 2.5, rowDb: 2 },
  };
  const { spots } = mapOf(pointsWith(shadow));
  const at = emptySpots(1);
  placeSpot(at, 0, { x: 4.2, y: 6.1, walls: 1 }, gate, 1);
  const shared = new Float64Array(spots.count);
  shadowCovariances(at, spots, shadowing, shared);
  for (let i = 0; i < spots.count; i++) {
    const t = (Math.sqrt(3) * Math.hypot(4.2 - (spots.x[i] ?? 0), 6.1 - (spots.y[i] ?? 0))) / 3;
    const right = (at.towardsX[0] ?? 0) - (spots.towardsX[i] ?? 0);
    const up = (at.towardsY[0] ?? 0) - (spots.towardsY[i] ?? 0);
    const along = Math.abs((at.metres[0] ?? 0) - (spots.metres[i] ?? 0)) / 6;
    const plain = 3.5 ** 2 * (1 + t) * Math.exp(-t) + 2 ** 2 * Math.exp(-Math.hypot(right, up) / 0.5 - along);
    expect(Math.abs((shared[i] ?? NaN) - plain)).toBeLessThan(1e-3);
    expect(Math.abs(shadowCovariance(at, 0, spots, i, shadowing) - plain)).toBeLessThan(1e-3);
  }
});

it('an inverse times its matrix is one', () => {
  const n = 5;
  const matrix = Float64Array.from({ length: n * n }, (_, i) => Math.exp(-Math.abs((i % n) - Math.floor(i / n)) / 2));
  const inverse = invert(cholesky(matrix, n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (matrix[i * n + k] ?? 0) * (inverse[k * n + j] ?? 0);
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 9);
    }
  }
});

describe('residuals of a survey', () => {
  const site = madeSite({ gateways: [[0, 0]] });
  const rows = (count: number): SurveyPoint[] =>
    Array.from({ length: count }, (_, i) => ({
      pointId: String(i),
      levelId: 'L0',
      x: 1 + (i % 40) * 0.5,
      y: 1 + Math.floor(i / 40) * 0.5,
      heard: [{ gatewayId: gateway, rssi: -70 }],
    }));

  it('take rows of one spot together', () => {
    const twice = [...rows(20), ...rows(20)];
    expect(fitCalibration(site, twice, 0).calibration.residuals).toHaveLength(20);
  });

  it('count the visits to a spot', () => {
    const away = {
      ...rows(1)[0],
      x: 15,
      y: 15,
      pointId: 'away',
      levelId: 'L0',
      heard: [{ gatewayId: gateway, rssi: -70 }],
    };
    const { residuals = [] } = fitCalibration(site, [...rows(1), ...rows(1), away, ...rows(1)], 0).calibration;
    expect(residuals.map(({ count, visits }) => [count, visits])).toEqual([
      [3, 2],
      [1, 1],
    ]);
  });

  it('stay few enough to be solved, however long the survey', () => {
    const { residuals = [] } = fitCalibration(site, rows(2000), 0).calibration;
    expect(residuals.length).toBeGreaterThan(60);
    expect(residuals.length).toBeLessThanOrEqual(160);
  });
});
