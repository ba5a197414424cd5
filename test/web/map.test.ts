import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, LevelPlan, PlanFeature, Position } from '../../web/src/lib/api/types';
import { trailOn } from '../../web/src/lib/map/drawn';
import { planBearing, toLngLat, toMetres } from '../../web/src/lib/map/frame';
import { bestPadding, boundsOf, frameBounds, keepOver } from '../../web/src/lib/map/framing';
import { depth, doorSwing, labelPoint } from '../../web/src/lib/map/geometry';
import { planSources, unitAt } from '../../web/src/lib/map/plan-features';

const turned: Frame = {
  lng0: -75.7236,
  lat0: 45.3081,
  dLngDx: 1.2482e-5,
  dLngDy: 2.6531e-6,
  dLatDx: -1.8707e-6,
  dLatDy: 8.8011e-6,
};
const rect = (x0: number, y0: number, x1: number, y1: number): Position[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
];

describe('the frame', () => {
  it('takes metres to degrees and back to the micrometre', () => {
    const metres = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(metres, metres, (x, y) => {
        const [backX, backY] = toMetres(turned, toLngLat(turned, [x, y]));
        expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-6);
      }),
    );
  });

  it('knows how far the plan is turned from north', () => {
    expect(planBearing(turned)).toBeCloseTo(12, 0);
  });
});

describe('framing', () => {
  const none = { top: 0, right: 0, bottom: 0, left: 0 };
  it('shows the bounds as large as the free part of the screen allows', () => {
    const bounds = { minX: 0, minY: 0, maxX: 100, maxY: 20 };
    expect(frameBounds(bounds, { width: 1000, height: 800 }, none)).toEqual({ middle: [50, 10], scale: 10 });
    const beside = frameBounds(bounds, { width: 1000, height: 800 }, { ...none, right: 200 });
    expect(beside.scale).toBe(8);
    expect(beside.middle[0]).toBeGreaterThan(50);
  });

  it('takes the first padding unless another shows more', () => {
    const narrow = { ...none, left: 300 };
    expect(bestPadding({ minX: 0, minY: 0, maxX: 10, maxY: 1 }, { width: 600, height: 600 }, [narrow, none])).toBe(
      none,
    );
    expect(bestPadding({ minX: 0, minY: 0, maxX: 1, maxY: 10 }, { width: 900, height: 600 }, [narrow, none])).toBe(
      narrow,
    );
  });

  it('does not look past the edge of the building more than it must', () => {
    const kept = keepOver(
      { middle: [99, 10], scale: 20 },
      { minX: 0, minY: 0, maxX: 100, maxY: 20 },
      { width: 800, height: 800 },
      none,
    );
    expect(kept.middle[0]).toBe(83);
    expect(kept.middle[1]).toBe(10);
  });

  it('bounds hold their points', () => {
    expect(
      boundsOf([
        [3, 1],
        [-2, 7],
      ]),
    ).toEqual({ minX: -2, minY: 1, maxX: 3, maxY: 7 });
  });
});

describe('geometry', () => {
  it('puts a name inside an L-shaped room', () => {
    const room: Position[] = [
      [0, 0],
      [10, 0],
      [10, 2],
      [2, 2],
      [2, 10],
      [0, 10],
      [0, 0],
    ];
    const { at } = labelPoint([room]);
    expect(depth(at, [room])).toBeGreaterThan(0.9);
  });

  it('opens a door into its room, and the leaf is as long as the door is wide', () => {
    const swing = doorSwing([0, 0], [1, 0], [0.5, 0.4]);
    for (const [x, y] of swing.slice(1)) {
      expect(Math.hypot(x, y)).toBeCloseTo(1);
      expect(y).toBeGreaterThanOrEqual(-1e-9);
    }
  });
});

const unit = (id: string, ring: Position[], properties: object = {}): PlanFeature => ({
  type: 'Feature',
  id,
  properties: { feature_type: 'unit', category: 'room', name: { en: `Room ${id}` }, number: id, ...properties },
  geometry: { type: 'Polygon', coordinates: [ring] },
});
const door = (from: Position, to: Position): PlanFeature => ({
  type: 'Feature',
  id: `door-${from.join()}`,
  properties: { feature_type: 'opening', category: 'pedestrian', unitIds: ['101', 'c'] },
  geometry: { type: 'LineString', coordinates: [from, to] },
});
const plan: LevelPlan = {
  type: 'FeatureCollection',
  features: [
    unit('101', rect(0, 3, 4, 8)),
    unit('c', rect(0, 0, 20, 3), { category: 'walkway', number: null }),
    door([1, 3], [2, 3]),
    door([5, 3], [12, 3]),
  ],
};

describe('the plan as sources', () => {
  const sources = planSources(
    plan,
    turned,
    () => 0,
    ({ en }) => en,
  );
  const parts = sources.doors.features.map(({ properties }) => String(properties?.['part']));

  it('draws a gap for every door and a leaf only where one hangs', () => {
    expect(parts).toEqual(['gap', 'leaf', 'gap']);
  });

  it('does not say the number twice', () => {
    expect(sources.labels.features[0]?.properties).toMatchObject({ title: 'Room', number: '101' });
  });

  it('finds the unit under a finger', () => {
    expect(unitAt(plan, [2, 5])?.id).toBe('101');
    expect(unitAt(plan, [10, 1])?.id).toBe('c');
    expect(unitAt(plan, [10, 9])).toBeNull();
  });
});

describe('the trail', () => {
  const at = (minutes: number, levelId = 'L1') => ({ at: minutes * 60_000, levelId, x: minutes, y: 0 });
  it('is cut where it leaves the level, and has a point where the thing stood', () => {
    const { features } = trailOn('L1', [at(0), at(1), at(6), at(7, 'L2'), at(8)], turned);
    expect(features.map(({ geometry }) => geometry.type)).toEqual(['LineString', 'LineString', 'Point']);
  });
});
