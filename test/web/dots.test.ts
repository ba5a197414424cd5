import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../web/src/lib/api/types';
import { gather } from '../../web/src/lib/map/dots/gather';
import { type Marker, sortMarkers } from '../../web/src/lib/map/dots/marker';
import { isSameScreen, onScreen, screenOf } from '../../web/src/lib/map/dots/screen';
import { clusterSize, dotSize, fullSize } from '../../web/src/lib/map/dots/sizes';
import { toMetres } from '../../web/src/lib/map/frame';

const marker = (id: string, change: Partial<Marker> = {}): Marker => ({
  id,
  x: 0,
  y: 0,
  icon: 'bed',
  status: 'in-use',
  fade: 0,
  selected: false,
  radius: null,
  ...change,
});

describe('dots on top of each other', () => {
  it('are drawn as one with their number, in the middle of them', () => {
    const heap = [0, 1, 2, 3].map((x) => ({ x, y: 10 }));
    const { alone, clusters } = gather([...heap, { x: 50, y: 10 }], 4, 4);
    expect(clusters).toEqual([{ x: 1.5, y: 10, count: 4 }]);
    expect(alone).toEqual([{ x: 50, y: 10 }]);
  });

  it('stay alone while they are few', () => {
    const three = [0, 1, 2].map((x) => ({ x, y: 0 }));
    expect(gather(three, 4, 4)).toEqual({ alone: three, clusters: [] });
  });

  it('are none of them lost or counted twice, and none is drawn farther off than the radius', () => {
    const metres = fc.integer({ min: -30, max: 30 });
    const points = fc.array(fc.record({ x: metres, y: metres }), { maxLength: 200 });
    fc.assert(
      fc.property(points, (all) => {
        const { alone, clusters } = gather(all, 5, 4);
        expect(clusters.reduce((sum, { count }) => sum + count, alone.length)).toBe(all.length);
        for (const { x, y, count } of clusters) {
          const near = all.filter((point) => Math.hypot(point.x - x, point.y - y) <= 10);
          expect(near.length).toBeGreaterThanOrEqual(count);
        }
      }),
    );
  });
});

describe('the order of dots', () => {
  it('has what is free on top and what is not known below', () => {
    const dots = [marker('free', { status: 'free' }), marker('unknown', { status: 'unknown' }), marker('used')];
    expect(sortMarkers(dots).others.map(({ id }) => id)).toEqual(['unknown', 'used', 'free']);
  });

  it('never loses a chosen one in the crowd', () => {
    const crowd = Array.from({ length: 1_000 }, (_, i) => marker(`bed-${i}`));
    const { chosen, others } = sortMarkers([...crowd, marker('pump', { selected: true })]);
    expect(chosen.map(({ id }) => id)).toEqual(['pump']);
    expect(others).toHaveLength(1_000);
  });
});

describe('a dot on the screen', () => {
  const frame: Frame = {
    lng0: -75.7236,
    lat0: 45.3081,
    dLngDx: 1.2482e-5,
    dLngDy: 2.6531e-6,
    dLatDx: -1.8707e-6,
    dLatDy: 8.8011e-6,
  };
  const screen = screenOf(frame, (at) => {
    const [x, y] = toMetres(frame, at);
    return { x: 40 + 10 * x, y: 300 - 10 * y };
  });

  it('is where the map draws its place', () => {
    expect(screen.scale).toBeCloseTo(10, 6);
    const [x, y] = onScreen(screen, 31, 12);
    expect(x).toBeCloseTo(350, 6);
    expect(y).toBeCloseTo(180, 6);
  });

  it('need not be drawn anew while the map looks where it looked', () => {
    expect(isSameScreen(screen, { ...screen })).toBe(true);
    expect(isSameScreen(screen, { ...screen, origin: [41, 300] })).toBe(false);
  });

  it('grows as one comes nearer, from a small shape to its full picture', () => {
    const sizes = [1, 3, 7, 8, 14, 30, 40, 90].map(dotSize);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[0]).toBeCloseTo(0.26 * fullSize);
    expect(sizes.at(-1)).toBeCloseTo(0.95 * fullSize);
  });

  it('that stands for many is the larger the more they are', () => {
    expect([4, 50, 500, 5_000].map(clusterSize)).toEqual([13, 19, 27, 27]);
  });
});
