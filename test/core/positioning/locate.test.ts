import { describe, expect, it } from 'vitest';
import { buildSiteModel, type Point } from '../../../src/core';
import { emptySolution, type Near } from '../../../src/core/positioning/least-squares';
import { locate } from '../../../src/core/positioning/locate';
import { emptySignals } from '../../../src/core/radio/signals';
import { box, expectedAt, hall, madeSite, seededNoise, surveyed } from '../made-site';

const model = buildSiteModel(hall, surveyed);

function locateFrom(rssi: readonly (number | null)[], of = model, near: Near | null = null) {
  const signals = emptySignals();
  rssi.forEach((value, g) => {
    if (value === null) return;
    signals.gateway[signals.count] = g;
    signals.rssi[signals.count] = value;
    signals.variance[signals.count++] = 2;
  });
  const level = of.levels[0];
  if (level === undefined) throw new Error('no level');
  const out = emptySolution();
  locate('least-squares', { signals, radio: level.radio, bounds: level.level.bounds, near, rules: of.rules }, out);
  return out;
}

const distance = (a: { x: number; y: number }, [x, y]: Point): number => Math.hypot(a.x - x, a.y - y);

/** The posterior mean over a fine lattice of the whole level: slow and plain, to check the fast routine by. */
function slowTwin(rssi: readonly number[]): { x: number; y: number } {
  const radio = model.levels[0]?.radio;
  if (radio === undefined) throw new Error('no level');
  const nu = model.rules.tailDegrees;
  let [sum, sx, sy] = [0, 0, 0];
  for (let x = 0.125; x < 30; x += 0.25) {
    for (let y = 0.125; y < 20; y += 0.25) {
      const residuals = expectedAt(model, 0, [x, y]).map((expected, g) => (rssi[g] ?? 0) - expected);
      let best = -Infinity;
      for (let strength = -15; strength <= 15; strength += 0.5) {
        const log = residuals.reduce(
          (total, residual, g) => {
            const off = residual - strength;
            const variance = ((radio.variance[g] ?? 0) + 2) * (off < 0 ? model.rules.obstructionFactor : 1);
            return total - ((nu + 1) / 2) * Math.log(1 + off ** 2 / (nu * variance));
          },
          -(strength ** 2) / (2 * radio.strengthVariance),
        );
        best = Math.max(best, log);
      }
      const p = Math.exp(best);
      sum += p;
      sx += p * x;
      sy += p * y;
    }
  }
  return { x: sx / sum, y: sy / sum };
}

describe('where a tag is', () => {
  it.each([[[15, 10]], [[4, 4]], [[22, 15]], [[8, 17]]] as const)('is found from clean signals at %j', (place) => {
    expect(distance(locateFrom(expectedAt(model, 0, place)), place)).toBeLessThan(1.3);
  });

  it('is the middle of gateways that hear it equally', () => {
    const solution = locateFrom(model.gateways.map(() => -75));
    expect(distance(solution, [15, 10])).toBeLessThan(0.3);
  });

  it('is the midpoint of two gateways that hear it equally, and one decibel moves it little', () => {
    const pair = buildSiteModel(
      madeSite({
        outline: box(0, 0, 30, 20),
        gateways: [
          [10, 10],
          [20, 10],
        ],
      }),
      null,
    );
    expect(distance(locateFrom([-70, -70], pair), [15, 10])).toBeLessThan(0.2);
    expect(distance(locateFrom([-70, -71], pair), [15, 10])).toBeLessThan(1);
  });

  it('is the one gateway that hears it, with the error of a ring', () => {
    const alone = buildSiteModel(madeSite({ outline: box(0, 0, 60, 60), gateways: [[30, 30]] }), surveyed);
    const near = locateFrom([-65], alone);
    const far = locateFrom([-80], alone);
    expect(distance(near, [30, 30])).toBeLessThan(0.5);
    expect(distance(far, [30, 30])).toBeLessThan(0.5);
    expect(Math.sqrt(near.xx)).toBeLessThan(4);
    expect(Math.sqrt(far.xx)).toBeGreaterThan(1.5 * Math.sqrt(near.xx));
  });

  it('bears one gateway that is far off', () => {
    const rssi = expectedAt(model, 0, [12, 9]);
    rssi[3] = -50;
    expect(distance(locateFrom(rssi), [12, 9])).toBeLessThan(2.5);
  });

  it('is on the side the tag was on when gateways in a line cannot tell', () => {
    const line = madeSite({
      outline: box(0, 0, 30, 20),
      gateways: [
        [5, 10],
        [15, 10],
        [25, 10],
      ],
    });
    const inLine = buildSiteModel(line, surveyed);
    const rssi = expectedAt(inLine, 0, [15, 16]);
    const above = locateFrom(rssi, inLine, { x: 15, y: 15, variance: 4 });
    expect(above.y).toBeGreaterThan(12);
    const open = locateFrom(rssi, inLine);
    expect(open.y).toBeCloseTo(10, 0);
    expect(Math.sqrt(open.yy)).toBeGreaterThan(3);
  });

  it('stays inside the level however weak the signals', () => {
    const { x, y } = locateFrom(model.gateways.map(() => -120));
    expect([x >= 0, x <= 30, y >= 0, y <= 20]).toEqual([true, true, true, true]);
  });

  it('agrees with a slow lattice over the whole level', () => {
    const noise = seededNoise(5, 4);
    for (const place of [
      [15, 10],
      [6, 5],
      [25, 12],
      [10, 16],
    ] as const) {
      const rssi = expectedAt(model, 0, place).map((expected) => expected + noise());
      const { x, y } = slowTwin(rssi);
      expect(distance(locateFrom(rssi), [x, y])).toBeLessThan(0.7);
    }
  });
});
