import { describe, expect, it } from 'vitest';
import { fitCalibration, type SurveyPoint } from '../../../src/core';
import { hall, seededNoise } from '../made-site';

const gateways = [...hall.gatewayById.values()];

/** A survey of the hall in which the first gateway hears `offsetDb` more, from `shift` metres to the right. */
function survey(points: number, { offsetDb = 0, shift = 0, seed = 1 }): SurveyPoint[] {
  const noise = seededNoise(seed, 4);
  return Array.from({ length: points }, (_, i): SurveyPoint => {
    const [x, y] = [1 + ((i * 7.3) % 28), 1 + ((i * 4.7) % 18)];
    const heard = gateways.map((gateway, g) => {
      const slant = Math.hypot(x - gateway.x - (g === 0 ? shift : 0), y - gateway.y, gateway.z - 1);
      return { gatewayId: gateway.id, rssi: -58 - 22 * Math.log10(slant) + (g === 0 ? offsetDb : 0) + noise() };
    });
    return { pointId: String(i), levelId: 'L0', x, y, heard };
  });
}

describe('gateways to look at', () => {
  it('are none where all hear as the others do', () => {
    for (const seed of [1, 2, 3, 4]) {
      for (const points of [8, 14, 60]) expect(fitCalibration(hall, survey(points, { seed }), 0).suspects).toEqual([]);
    }
  });

  it('include one that hears 8 dB less, and one that hears 8 dB more', () => {
    for (const offsetDb of [-8, 8]) {
      const [suspect, ...others] = fitCalibration(hall, survey(40, { offsetDb }), 0).suspects;
      expect(others).toEqual([]);
      expect(suspect).toMatchObject({ kind: offsetDb < 0 ? 'deaf' : 'loud', gatewayId: gateways[0]?.id });
      if (suspect === undefined || suspect.kind === 'moved') throw new Error('not named by its level');
      expect(Math.abs(suspect.db - offsetDb)).toBeLessThan(2);
    }
  });

  it('include one that hangs 15 m from where the plan has it, with the place', () => {
    const [suspect, ...others] = fitCalibration(hall, survey(40, { shift: 15 }), 0).suspects;
    expect(others).toEqual([]);
    if (suspect?.kind !== 'moved') throw new Error('not named as moved');
    expect(suspect.gatewayId).toBe(gateways[0]?.id);
    expect(Math.hypot(suspect.x - 15, suspect.y)).toBeLessThan(4);
  });
});
