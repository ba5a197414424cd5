import { describe, expect, it } from 'vitest';
import { copyTrack, type Point, type Track } from '../../../../src/core';
import { errorScale, learnFit, type MapFit, usualFit } from '../../../../src/core/positioning/grid/map-fit';
import { hearWalk, runAll, seededNoise } from '../../made-site';
import { gridModel, stateOf } from './made-grid';

const model = gridModel(0.75);
const bed: Point = [10, 6];

/** A minute of a tag that every gateway hears now this, now that much off what the map says there. */
function hearOff(spreadDb: number) {
  const noise = seededNoise(3, 1);
  const off = new Map(['g0', 'g1', 'g2', 'g3', 'g4'].map((id) => [id, spreadDb * noise()]));
  return hearWalk(model, 60, () => bed, { noise: seededNoise(1, 3), perS: 2 }).map((own) => ({
    ...own,
    rssi: own.rssi + (off.get(own.gatewayId) ?? 0),
  }));
}

const fitOf = (track: Track | null): MapFit => stateOf(track).fit;

describe('how well the map fits a tag', () => {
  it('is learnt from what is heard of it: the worse, the wider its radii', () => {
    const suited = runAll(model, hearOff(0));
    const shadowed = runAll(model, hearOff(9));
    expect(fitOf(suited.track)).toBeLessThan(usualFit);
    expect(fitOf(shadowed.track)).toBeGreaterThan(usualFit);
    expect(shadowed.last.radius90).toBeGreaterThan(suited.last.radius90);
  });

  it('outlives the store', () => {
    const { track } = runAll(model, hearOff(9));
    expect(fitOf(copyTrack(track, model))).toBe(fitOf(track));
  });

  it('scales errors by the root of what squares tell, within bounds', () => {
    expect(errorScale(usualFit)).toBe(1);
    expect(errorScale(2 * usualFit)).toBeCloseTo(Math.SQRT2, 6);
    expect(errorScale(0)).toBeGreaterThan(0.5);
    let fit = usualFit;
    for (let look = 0; look < 1000; look++) fit = learnFit(fit, 100);
    expect(errorScale(fit)).toBeLessThan(1.5);
  });
});
