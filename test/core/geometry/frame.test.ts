import { describe, expect, it } from 'vitest';
import { type Frame, frameOf } from '../../../src/core';

const apply = (frame: Frame, x: number, y: number): readonly [number, number] => [
  frame.lng0 + x * frame.dLngDx + y * frame.dLngDy,
  frame.lat0 + x * frame.dLatDx + y * frame.dLatDy,
];

/** Length of one degree on WGS84 by the series of the meridian and the parallel, metres. */
function degreeLengths(lat: number): readonly [lng: number, lat: number] {
  const phi = (lat * Math.PI) / 180;
  const meridian = 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi);
  const parallel = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi);
  return [parallel, meridian];
}

describe('the frame of a site', () => {
  it('goes east along x and north along y when the plan is not turned', () => {
    const frame = frameOf({ lng: -79.39, lat: 43.65, rotationDeg: 0 });
    const [lngDegree, latDegree] = degreeLengths(43.65);
    const [lng, lat] = apply(frame, 200, 200);
    expect((lng + 79.39) * lngDegree).toBeCloseTo(200, 1);
    expect((lat - 43.65) * latDegree).toBeCloseTo(200, 1);
    expect(apply(frame, 0, 0)).toEqual([-79.39, 43.65]);
  });

  it('points y to the east when the plan is turned a quarter clockwise from north', () => {
    const frame = frameOf({ lng: 0, lat: 60, rotationDeg: 90 });
    const [lngDegree, latDegree] = degreeLengths(60);
    const [east, origin] = apply(frame, 0, 100);
    expect(east * lngDegree).toBeCloseTo(100, 1);
    expect(origin).toBeCloseTo(60, 9);
    expect((apply(frame, 100, 0)[1] - 60) * latDegree).toBeCloseTo(-100, 1);
  });

  it('is nominal without a georeference: as long both ways on a Mercator map', () => {
    const frame = frameOf(null);
    expect(frame).toMatchObject({ lng0: 0, lat0: 0, dLngDy: 0, dLatDx: 0 });
    expect(frame.dLngDx).toBe(frame.dLatDy);
    expect(frame.dLngDx * 111_319.49).toBeCloseTo(1, 6);
  });
});
