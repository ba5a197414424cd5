import { describe, expect, it } from 'vitest';
import { fitCalibration, gatewayId, levelId, type ResidualPoint, type SurveyPoint } from '../../../src/core';
import { cholesky, invert } from '../../../src/core/radio/cholesky';
import { krige, residualAt } from '../../../src/core/radio/residual-map';
import { madeSite, seededNoise } from '../made-site';

const shadow = (x: number, y: number): number => 5 * Math.sin(x / 2) * Math.cos(y / 3);
const gateway = gatewayId('L0-0');

function pointsWith(dbAt: (x: number, y: number) => number): ResidualPoint[] {
  return Array.from({ length: 100 }, (_, i) => {
    const [x, y] = [(i % 10) * 1.2, Math.floor(i / 10) * 1.2];
    return { gatewayId: gateway, levelId: levelId('L0'), x, y, db: dbAt(x, y) };
  });
}

describe('a map of residuals', () => {
  it('foretells smooth shadowing between its points, and nothing far away', () => {
    const noise = seededNoise(1, 0.5);
    const map = krige(pointsWith((x, y) => shadow(x, y) + noise())).get(gateway);
    if (map === undefined) throw new Error('no map');
    for (const [x, y] of [
      [2.1, 3.3],
      [5.5, 7.7],
      [8.9, 1.7],
    ] as const) {
      expect(Math.abs(residualAt(map, x, y).db - shadow(x, y))).toBeLessThan(1.2);
    }
    const far = residualAt(map, 200, 200);
    expect(far.db).toBeCloseTo(0, 6);
    expect(far.variance).toBeCloseTo(map.farVariance, 6);
    expect(residualAt(map, 5.5, 7.7).variance).toBeLessThan(map.farVariance / 2);
  });

  it('of a few points foretells near them and says that it is unsure elsewhere', () => {
    const few = pointsWith(() => 6).filter((_, i) => i % 17 === 0);
    const map = krige(few).get(gateway);
    if (map === undefined) throw new Error('no map');
    expect(residualAt(map, 5, 5).db).toBeGreaterThan(3);
    expect(residualAt(map, 5, 5).variance).toBeLessThan(residualAt(map, 100, 100).variance);
  });

  it('is not made of noise, nor of nothing', () => {
    const noise = seededNoise(2, 4);
    expect(krige(pointsWith(() => noise())).size).toBe(0);
    expect(krige([]).size).toBe(0);
  });
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

  it('stay few enough to be solved, however long the survey', () => {
    const { residuals = [] } = fitCalibration(site, rows(2000), 0).calibration;
    expect(residuals.length).toBeGreaterThan(60);
    expect(residuals.length).toBeLessThanOrEqual(160);
  });
});
