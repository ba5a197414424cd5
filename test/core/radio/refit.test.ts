import { describe, expect, it } from 'vitest';
import { type Calibration, fitCalibration, referencePoints, refitCalibration, type Site } from '../../../src/core';
import { box, madeSite, seededNoise } from '../made-site';

/** A hall of 40 × 24 m, twelve gateways under its ceiling that advertise, and a room in each half. */
const hall: Site = madeSite({
  rooms: { west: box(0, 0, 20, 24), east: box(20, 0, 40, 24) },
  doors: [['west', 'east']],
  gateways: [4, 12, 20, 28, 36, 39].flatMap((x): [number, number][] => [
    [x, 5],
    [x - 2, 18],
  ]),
});
const gateways = [...hall.gatewayById.values()];
const tags = [
  { tagId: 'ref-a', levelId: 'L0', x: 8, y: 11, z: 1.2 },
  { tagId: 'ref-b', levelId: 'L0', x: 30, y: 12, z: 1.2 },
];
const first = gateways[0];

interface Air {
  readonly seed: number;
  readonly noiseDb?: number;
  /** How much more the first gateway hears. */
  readonly firstDb?: number;
}

/** What everybody hears of the gateways, which send 6 dB louder than tags, and of the reference tags. */
function heard({ seed, noiseDb = 2.5, firstDb = 0 }: Air) {
  const noise = seededNoise(seed, noiseDb);
  const senders = [
    ...gateways.map(({ id, x, y, z }) => ({ transmitter: id, x, y, z, louder: 6 })),
    ...tags.map(({ tagId, x, y, z }) => ({ transmitter: tagId, x, y, z, louder: 0 })),
  ];
  const sums = senders.flatMap(({ transmitter, x, y, z, louder }) =>
    gateways
      .filter(({ id }) => id !== transmitter)
      .map((gateway) => {
        const slant = Math.hypot(x - gateway.x, y - gateway.y, z - gateway.z);
        const own = gateway === first ? firstDb : 0;
        const rssi = -58 + louder + own - 22 * Math.log10(slant) + noise();
        return { transmitter, gatewayId: gateway.id, count: 50, sum: 50 * rssi, squares: 50 * rssi ** 2 };
      }),
  );
  return referencePoints(hall, tags, sums);
}

/** A surveyor's calibration of the same air, from sixty places. */
function surveyed(): Calibration {
  const noise = seededNoise(99, 2.5);
  const survey = Array.from({ length: 60 }, (_, i) => {
    const [x, y] = [1 + ((i * 7.3) % 38), 1 + ((i * 4.7) % 22)];
    return {
      pointId: String(i),
      levelId: 'L0',
      x,
      y,
      heard: gateways.map((gateway) => ({
        gatewayId: gateway.id,
        rssi: -58 - 22 * Math.log10(Math.hypot(x - gateway.x, y - gateway.y, gateway.z - 1)) + noise(),
      })),
    };
  });
  return fitCalibration(hall, survey, 0).calibration;
}

describe('a refit to fixed transmitters', () => {
  const inUse = surveyed();

  it('is no news where nothing changed', () => {
    for (const seed of [1, 2]) {
      const { isNews, suspects, gateways: own } = refitCalibration(hall, inUse, heard({ seed }), 1);
      expect(suspects).toEqual([]);
      expect(own.every(({ changeDb }) => changeDb === 0)).toBe(true);
      expect(isNews).toBe(false);
    }
  });

  it('moves the level of a gateway that became 8 dB deaf, and names it; the others stay', () => {
    const refit = refitCalibration(hall, inUse, heard({ seed: 4, firstDb: -8 }), 1);
    expect(refit.refusal).toBeNull();
    expect(refit.isNews).toBe(true);
    expect(refit.afterDb).toBeLessThan(refit.beforeDb);
    expect(refit.suspects.map(({ gatewayId, kind }) => [gatewayId, kind])).toEqual([[first?.id, 'deaf']]);
    for (const { gatewayId, changeDb } of refit.gateways) {
      expect(Math.abs(changeDb - (gatewayId === first?.id ? -8 : 0))).toBeLessThan(2.5);
    }
    expect(refit.calibration.residuals).toEqual(inUse.residuals);
  });

  it('fits all there is where nobody surveyed, and better than the default radio', () => {
    const refit = refitCalibration(hall, null, heard({ seed: 5 }), 1);
    expect(refit.refusal).toBeNull();
    expect(refit.calibration.basis).toBe('references');
    expect(refit.afterDb).toBeLessThan(refit.beforeDb);
    const again = refitCalibration(hall, refit.calibration, heard({ seed: 6 }), 2);
    expect(again.refusal).toBeNull();
  });

  it('is refused where what was heard fits no radio', () => {
    const noise = seededNoise(7, 18);
    const garbled = heard({ seed: 7 }).map((point) => ({
      ...point,
      heard: point.heard.map((own) => ({ ...own, rssi: -70 + noise() })),
    }));
    for (const base of [inUse, null]) {
      expect(refitCalibration(hall, base, garbled, 1).refusal).toMatch(/fits no radio|worse/);
    }
  });

  it('is refused where many gateways would change at once: then it is the places that are wrong', () => {
    const swapped = heard({ seed: 8 }).map((point) => ({
      ...point,
      heard: point.heard.map((own, i) => ({ ...own, rssi: own.rssi + (i % 2 === 0 ? 12 : -12) })),
    }));
    expect(refitCalibration(hall, inUse, swapped, 1).refusal).not.toBeNull();
  });
});
