import { describe, expect, it } from 'vitest';
import { copyTrack, type Point, type Track } from '../../../../src/core';
import { listOpen } from '../../../../src/core/positioning/grid/listed-cells';
import { emptyWindow, layUniform } from '../../../../src/core/positioning/grid/window';
import { errorScale, learnFit, usualFit } from '../../../../src/core/positioning/grid/map-fit';
import { summarise } from '../../../../src/core/positioning/grid/summary';
import { emptyPlace } from '../../../../src/core/positioning/place';
import { hearWalk, runAll, seededNoise } from '../../made-site';
import { floorOf, gridModel } from './made-grid';

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

function fitOf(track: Track | null): number {
  if (track?.followed?.method !== 'bayes-grid') throw new Error('not followed on a grid');
  return track.followed.fit;
}

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

describe('the radii of one belief', () => {
  it('are wider for a tag that walks, whose errors repeat unseen, and wider far out than near', () => {
    const { floor } = floorOf(model);
    const radiiOf = (restShare: number) => {
      const window = emptyWindow();
      layUniform(window, floor, { left: 0, bottom: 0, right: floor.columns - 1, top: floor.rows - 1 }, restShare);
      const place = emptyPlace();
      summarise(
        window,
        { count: listOpen(window, floor), grid: floor },
        { scale: 1, repeatedError: 1.2, astray: 0.04 },
        place,
      );
      return place;
    };
    const rest = radiiOf(1);
    const walk = radiiOf(0);
    expect(walk.radius50).toBeGreaterThan(1.15 * rest.radius50);
    expect(walk.radius90 / rest.radius90).toBeGreaterThan(1.2);
  });
});
