import { describe, expect, it } from 'vitest';
import {
  checkSurvey,
  fitCalibration,
  type Sighting,
  surveyReferences,
  type SurveyPoint,
  tagId,
} from '../../../src/core';
import { hall, seededNoise, start } from '../made-site';

const gateways = [...hall.gatewayById.values()];
const truth = { rssi1m: -55, exponent: 1.9 };

/** What all gateways hear of a transmitter, `louder` dB than a tag. */
function hear(id: string, place: { x: number; y: number; z: number }, louder: number, noise: () => number): Sighting[] {
  return Array.from({ length: 20 }, (_, i) =>
    gateways.flatMap((gateway): Sighting[] => {
      const slant = Math.max(0.5, Math.hypot(place.x - gateway.x, place.y - gateway.y, place.z - gateway.z));
      const rssi = truth.rssi1m + louder - 10 * truth.exponent * Math.log10(slant) + noise();
      const heardAt = start + i * 1000;
      return [{ tagId: tagId(id), gatewayId: gateway.id, rssi, heardAt, receivedAt: heardAt }];
    }),
  ).flat();
}

const noise = seededNoise(5, 3);
const gatewaysHeard = gateways.flatMap((gateway) => hear(gateway.id.toLowerCase().replace('-', ''), gateway, 9, noise));
const tags = [
  { tagId: 'a1', levelId: 'L0', x: 6, y: 7, z: 1.2 },
  { tagId: 'a2', levelId: 'L0', x: 22, y: 13, z: 1.2 },
];

describe('reference tags and gateways that hear each other', () => {
  it('become points of a survey; other tags and a gateway hearing itself do not', () => {
    const points = surveyReferences(hall, [], [...gatewaysHeard, ...hear('beef', { x: 3, y: 3, z: 1 }, 0, noise)]);
    expect(points).toHaveLength(gateways.length);
    for (const { heard } of points) {
      expect(heard).toHaveLength(gateways.length - 1);
      expect(heard[0]?.count).toBe(20);
    }
  });

  it('teach slope from gateways, though these transmit 9 dB louder than tags, and level from tags', () => {
    const heard = [...gatewaysHeard, ...tags.flatMap((tag) => hear(tag.tagId, tag, 0, noise))];
    const { fallback } = fitCalibration(hall, surveyReferences(hall, tags, heard), 0).calibration;
    const at10m = fallback.rssi1m - 10 * fallback.exponent;
    expect(Math.abs(at10m - (truth.rssi1m - 10 * truth.exponent))).toBeLessThan(4);
    expect(Math.abs(fallback.exponent - truth.exponent)).toBeLessThan(0.25);
  });
});

const point = (pointId: string, x: number, y: number, rssi: number): SurveyPoint => ({
  pointId,
  levelId: 'L0',
  x,
  y,
  heard: gateways.map(({ id }) => ({ gatewayId: id, rssi })),
});

describe('a survey', () => {
  it('loses points outside the plan, which are named', () => {
    const { usable, warnings } = checkSurvey(hall, [
      point('in', 3, 3, -70),
      point('far', 300, 3, -70),
      point('in-2', 9, 3, -70),
    ]);
    expect(usable.map(({ pointId }) => pointId)).toEqual(['in', 'in-2']);
    expect(warnings).toEqual(['Outside the plan and left out: far at 300, 3.']);
  });

  it('whose points contradict each other says which', () => {
    const { usable, warnings } = checkSurvey(hall, [point('a', 3, 3, -50), point('b', 3.1, 3, -85)]);
    expect(usable).toHaveLength(2);
    expect(warnings).toEqual(['Points a and b lie at one spot but differ by 35 dB on average: one is wrong.']);
  });

  it('of one point is used, and called little', () => {
    const { usable, warnings } = checkSurvey(hall, [point('a', 3, 3, -50)]);
    expect(warnings).toHaveLength(1);
    const { fallback } = fitCalibration(hall, usable, 0).calibration;
    expect(fallback.exponent).toBeGreaterThan(2);
  });
});
