import { describe, expect, it } from 'vitest';
import {
  centroidOf,
  distanceToPolygon,
  isInPolygon,
  nearestOnEdges,
  nearestOnSegment,
  polygonArea,
  segmentsMeet,
  sqDistToSegment,
} from '../../../src/core';
import { box } from '../made-site';

const withHole = [...box(0, 0, 10, 10), ...box(4, 4, 6, 6)];

describe('polygons', () => {
  it.each([
    [1, 1, true],
    [5, 5, false],
    [3.9, 5, true],
    [-0.1, 5, false],
    [11, 5, false],
  ])('(%d, %d) inside a square with a hole: %s', (x, y, expected) => {
    expect(isInPolygon(x, y, withHole)).toBe(expected);
  });

  it('gives a point on a shared edge to exactly one of the two polygons', () => {
    const left = box(0, 0, 5, 5);
    const right = box(5, 0, 10, 5);
    for (const y of [0, 1, 2.5, 4.9]) {
      expect(Number(isInPolygon(5, y, left)) + Number(isInPolygon(5, y, right))).toBe(1);
    }
  });

  it('measures the way to the nearest edge, holes included', () => {
    expect(distanceToPolygon(5, 5, withHole)).toBe(1);
    expect(distanceToPolygon(13, 14, withHole)).toBe(5);
    expect(distanceToPolygon(2, 2, withHole)).toBe(0);
    expect(nearestOnEdges(12, 3, withHole)).toEqual([10, 3]);
  });

  it('knows area without holes and the centre of mass', () => {
    expect(polygonArea(withHole)).toBe(96);
    expect(centroidOf(box(2, 0, 6, 2))).toEqual([4, 1]);
  });
});

describe('segments', () => {
  it('has its nearest point between the ends', () => {
    expect(nearestOnSegment(3, 4, [0, 0], [10, 0])).toEqual([3, 0]);
    expect(nearestOnSegment(-3, 4, [0, 0], [10, 0])).toEqual([0, 0]);
    expect(sqDistToSegment(13, 4, [0, 0], [10, 0])).toBe(25);
    expect(nearestOnSegment(3, 4, [1, 1], [1, 1])).toEqual([1, 1]);
  });

  it.each([
    ['cross', [0, 0], [2, 2], [0, 2], [2, 0], true],
    ['touch at an end', [0, 0], [1, 1], [1, 1], [2, 0], true],
    ['lie on one line apart', [0, 0], [1, 0], [2, 0], [3, 0], false],
    ['overlap on one line', [0, 0], [2, 0], [1, 0], [3, 0], true],
    ['run side by side', [0, 0], [2, 0], [0, 1], [2, 1], false],
  ] as const)('segments that %s: %s', (_, a, b, c, d, expected) => {
    expect(segmentsMeet(a, b, c, d)).toBe(expected);
  });
});
