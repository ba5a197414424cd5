import { describe, expect, it } from 'vitest';
import { fitCalibration, type SurveyPoint } from '../../../src/core';
import { hall, seededNoise } from '../made-site';

const truth = { rssi1m: -52, exponent: 1.8 };
const gateways = [...hall.gatewayById.values()];

function survey(points: number, offset = 0, noise: () => number = () => 0): SurveyPoint[] {
  return Array.from({ length: points }, (_, i): SurveyPoint => {
    const x = 1 + ((i * 7.3) % 28);
    const y = 1 + ((i * 4.7) % 18);
    return {
      pointId: String(i),
      levelId: 'L0',
      x,
      y,
      heard: gateways.map((gateway, g) => {
        const slant = Math.hypot(x - gateway.x, y - gateway.y, gateway.z - 1);
        const rssi = truth.rssi1m - 10 * truth.exponent * Math.log10(slant) + (g === 0 ? offset : 0) + noise();
        return { gatewayId: gateway.id, rssi };
      }),
    };
  });
}

describe('calibration', () => {
  it('finds the line of every gateway, over the slant', () => {
    const { calibration } = fitCalibration(hall, survey(100, -6, seededNoise(1, 2)), 5);
    expect(calibration).toMatchObject({ siteId: 'made', fittedAt: 5 });
    for (const radio of calibration.gateways.slice(1)) {
      expect(radio.exponent).toBeCloseTo(truth.exponent, 0);
      expect(Math.abs(radio.rssi1m - truth.rssi1m)).toBeLessThan(2);
      expect(radio.points).toBe(100);
    }
    const [first, second] = calibration.gateways;
    expect((second?.rssi1m ?? 0) - (first?.rssi1m ?? 0)).toBeGreaterThan(3);
  });

  it('bears a tenth of the points being wild', () => {
    let i = 0;
    const wild = (): number => (i++ % 10 === 0 ? -25 : 0);
    const { calibration } = fitCalibration(hall, survey(100, 0, wild), 0);
    expect(Math.abs(calibration.fallback.rssi1m - truth.rssi1m)).toBeLessThan(2);
    expect(calibration.fallback.exponent).toBeCloseTo(truth.exponent, 0);
  });

  it('draws a gateway heard at one point towards the site, and a site without points to the default', () => {
    const [point] = survey(1);
    if (point === undefined) throw new Error('no point');
    const few = [
      ...survey(60).map((own) => ({ ...own, heard: own.heard.slice(1) })),
      { ...point, heard: point.heard.slice(0, 1) },
    ];
    const { calibration } = fitCalibration(hall, few, 0);
    const lone = calibration.gateways.find(({ points }) => points === 1);
    expect(lone?.exponent).toBeCloseTo(calibration.fallback.exponent, 1);
    expect(fitCalibration(hall, [], 0).calibration).toMatchObject({ gateways: [], fallback: { points: 0 } });
  });

  it('of one place takes its level, and of the slope hardly anything', () => {
    const slopes = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { calibration } = fitCalibration(hall, survey(1, 0, seededNoise(seed, 8)), 0);
      return calibration.fallback.exponent;
    });
    expect(Math.min(...slopes)).toBeGreaterThan(2.1);
    expect(Math.max(...slopes)).toBeLessThan(2.9);
  });

  it('leaves out gateways of other levels and says how well each line fits', () => {
    const away = survey(3).map((point) => ({ ...point, levelId: 'L9' }));
    expect(fitCalibration(hall, away, 0).quality).toEqual([]);
    const { quality } = fitCalibration(hall, survey(40, 0, seededNoise(2, 3)), 0);
    expect(quality).toHaveLength(8);
    for (const { rmsDb, defaultRmsDb, nearestM, furthestM } of quality) {
      expect(rmsDb).toBeLessThan(defaultRmsDb);
      expect(nearestM).toBeLessThan(furthestM);
    }
  });
});
