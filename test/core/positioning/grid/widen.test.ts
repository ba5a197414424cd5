import { describe, expect, it } from 'vitest';
import { usualFit } from '../../../../src/core/positioning/grid/map-fit';
import { emptyNews } from '../../../../src/core/positioning/grid/news';
import { type Doubts, repeatedShare, shadeOf, widen } from '../../../../src/core/positioning/grid/widen';
import { emptyPlace } from '../../../../src/core/positioning/place';
import { floorOf, gridModel } from './made-grid';

const { expected } = floorOf(gridModel(0.75));
const none: Doubts = { fit: usualFit, shade: 0, repeated: 1 / 3 };

function widened(restShare: number, doubts: Partial<Doubts> = {}, radius50 = 1, radius90 = 2) {
  const place = { ...emptyPlace(), radius50, radius90 };
  widen(place, restShare, { ...none, ...doubts });
  return place;
}

describe('the radii of one belief', () => {
  it('are wider for a tag that walks, whose errors repeat unseen', () => {
    expect(widened(0).radius50).toBeGreaterThan(1.3 * widened(1).radius50);
    expect(widened(0).radius90).toBeGreaterThan(1.2 * widened(1).radius90);
  });

  it('are wider on the way where the map errs by regions than where it errs spot by spot; at rest it is all one', () => {
    expect(widened(0).radius90).toBeGreaterThan(1.15 * widened(0, { repeated: 0.15 }).radius90);
    expect(widened(1).radius90).toBe(widened(1, { repeated: 0.15 }).radius90);
  });

  it('are wider for a tag that something stands before, and no narrower for a loud one', () => {
    expect(widened(1, { shade: shadeOf(-2, expected) }).radius50).toBeGreaterThan(1.2 * widened(1).radius50);
    expect(shadeOf(3, expected)).toBe(0);
    expect(shadeOf(-99, expected)).toBe(1);
  });

  it('are never smaller than a survey point is known to lie', () => {
    const { radius50, radius90 } = widened(1, {}, 0.05, 0.1);
    expect(radius50).toBeGreaterThan(0.2);
    expect(radius90).toBeGreaterThan(0.5);
  });
});

describe('what the next look on the way repeats', () => {
  const news = { ...emptyNews(), count: 1, fading: 16 };
  const mapOf = (typicalVariance: number, spotVariance: number) => ({
    ...expected,
    gateways: expected.gateways.map((map) => ({ ...map, typicalVariance, spotVariance })),
  });

  it('is little where a dense survey leaves each spot its own, most where nothing was surveyed', () => {
    const dense = repeatedShare(news, mapOf(10, 8));
    const sparse = repeatedShare(news, mapOf(10, 4));
    expect(dense).toBeLessThan(0.8 * sparse);
    expect(repeatedShare(news, mapOf(40, 0))).toBeGreaterThan(2 * sparse);
  });

  it('is less the more a tag fades', () => {
    const map = mapOf(10, 4);
    expect(repeatedShare({ ...news, fading: 30 }, map)).toBeLessThan(repeatedShare(news, map));
  });
});
