import { describe, expect, it } from 'vitest';
import { buildWalkingGraph, levelId, nearestOnFoot, route, unitId } from '../../../src/core';
import { type LevelSketch, sketchSite } from './rooms';

const L0 = levelId('L0');
const L1 = levelId('L1');
const exact = { clearance: 0.001 };

const twoRooms: LevelSketch = {
  rooms: [
    { id: 'a', shape: [0, 0, 10, 10] },
    { id: 'b', shape: [10, 0, 20, 10] },
  ],
  doors: [
    [
      [10, 8],
      [10, 9],
      ['a', 'b'],
    ],
  ],
};

/** A corridor with a room at each end, a lift and a stair, twice. */
const storey = (n: number): LevelSketch => ({
  rooms: [
    { id: `west${n}`, shape: [0, 0, 10, 6] },
    { id: `corridor${n}`, shape: [10, 0, 50, 3], category: 'walkway' },
    { id: `east${n}`, shape: [50, 0, 60, 6] },
    { id: `lift${n}`, shape: [10, 3, 13, 6], category: 'elevator', connector: 'lift-a' },
    { id: `stair${n}`, shape: [46, 3, 50, 6], category: 'stairs', connector: 'stair-a' },
  ],
  doors: [
    [
      [10, 1],
      [10, 2],
      [`west${n}`, `corridor${n}`],
    ],
    [
      [50, 1],
      [50, 2],
      [`corridor${n}`, `east${n}`],
    ],
    [
      [11, 3],
      [12, 3],
      [`corridor${n}`, `lift${n}`],
    ],
    [
      [47, 3],
      [48, 3],
      [`corridor${n}`, `stair${n}`],
    ],
  ],
});

describe('a route on one level', () => {
  it('goes straight to a point of the same room', () => {
    const graph = buildWalkingGraph(sketchSite([twoRooms]), exact);
    const found = route(graph, { levelId: L0, x: 1, y: 1 }, { levelId: L0, x: 4, y: 5 });
    expect(found?.metres).toBeCloseTo(5, 6);
    expect(found?.seconds).toBeCloseTo(5 / 1.3, 6);
    expect(found?.legs).toEqual([
      {
        levelId: L0,
        by: null,
        metres: 5,
        points: [
          [1, 1],
          [4, 5],
        ],
      },
    ]);
  });

  it('goes round by the door to a point behind the wall', () => {
    const graph = buildWalkingGraph(sketchSite([twoRooms]), exact);
    const found = route(graph, { levelId: L0, x: 9, y: 1 }, { levelId: L0, x: 11, y: 1 });
    expect(found?.metres).toBeCloseTo(2 * Math.hypot(1, 7.5), 2);
    expect(found?.legs[0]?.points).toContainEqual([10, 8.5]);
  });

  it('turns at the corner of an L-shaped room and keeps off it', () => {
    const ell = [
      [0, 0],
      [10, 0],
      [10, 2],
      [2, 2],
      [2, 10],
      [0, 10],
      [0, 0],
    ] as const;
    const graph = buildWalkingGraph(sketchSite([{ rooms: [{ id: 'l', shape: [ell] }], doors: [] }]));
    const found = route(graph, { levelId: L0, x: 9, y: 1.9 }, { levelId: L0, x: 1.9, y: 9 });
    expect(found?.metres).toBeGreaterThan(14);
    expect(found?.metres).toBeLessThan(14.5);
    expect(found?.legs[0]?.points).toHaveLength(3);
    expect(found?.legs[0]?.points[1]?.[0]).toBeCloseTo(2 - 0.3 * Math.SQRT1_2, 6);
  });

  it('goes round a hole', () => {
    const outer = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ] as const;
    const hole = [
      [3, 3],
      [3, 7],
      [7, 7],
      [7, 3],
      [3, 3],
    ] as const;
    const graph = buildWalkingGraph(sketchSite([{ rooms: [{ id: 'ring', shape: [outer, hole] }], doors: [] }]), exact);
    const found = route(graph, { levelId: L0, x: 2, y: 5 }, { levelId: L0, x: 8, y: 5 });
    expect(found?.metres).toBeCloseTo(2 * Math.hypot(1, 2) + 4, 1);
  });

  it('crosses a wide opening where it is short to', () => {
    const open: LevelSketch = {
      ...twoRooms,
      doors: [
        [
          [10, 0],
          [10, 10],
          ['a', 'b'],
        ],
      ],
    };
    const graph = buildWalkingGraph(sketchSite([open]), exact);
    const found = route(graph, { levelId: L0, x: 8, y: 1 }, { levelId: L0, x: 12, y: 1 });
    expect(found?.metres).toBeLessThan(4.2);
  });

  it('goes round by the corridor rather than through a room, unless that is far', () => {
    const through: LevelSketch = {
      rooms: [
        { id: 'west', shape: [0, 0, 5, 10] },
        { id: 'ward', shape: [5, 4, 15, 10] },
        { id: 'east', shape: [15, 0, 20, 10] },
        { id: 'corridor', shape: [5, 0, 15, 4], category: 'walkway' },
      ],
      doors: [
        [
          [5, 7],
          [5, 8],
          ['west', 'ward'],
        ],
        [
          [15, 7],
          [15, 8],
          ['ward', 'east'],
        ],
        [
          [5, 1],
          [5, 2],
          ['west', 'corridor'],
        ],
        [
          [15, 1],
          [15, 2],
          ['corridor', 'east'],
        ],
      ],
    };
    const ends = [
      { levelId: L0, x: 4, y: 7.5 },
      { levelId: L0, x: 16, y: 7.5 },
    ] as const;
    const site = sketchSite([through]);
    expect(route(buildWalkingGraph(site), ...ends)?.metres).toBeGreaterThan(20);
    expect(route(buildWalkingGraph(site, { cutThroughS: 2 }), ...ends)?.metres).toBeLessThan(13);
  });

  it('has no end in a room without doors', () => {
    const closed: LevelSketch = { ...twoRooms, doors: [] };
    const graph = buildWalkingGraph(sketchSite([closed]));
    expect(route(graph, { levelId: L0, x: 1, y: 1 }, { levelId: L0, x: 11, y: 1 })).toBeNull();
  });

  it('takes a point outside every room to be in the nearest', () => {
    const graph = buildWalkingGraph(sketchSite([twoRooms]), exact);
    const found = route(graph, { levelId: L0, x: -3, y: 5 }, { levelId: L0, x: 4, y: 5 });
    expect(found?.metres).toBeCloseTo(7, 1);
  });

  it('believes the room a point is said to be in before its coordinates', () => {
    const graph = buildWalkingGraph(sketchSite([twoRooms]), exact);
    const inA = { levelId: L0, x: 10.5, y: 1, unitId: unitId('a') };
    expect(route(graph, { levelId: L0, x: 9, y: 1 }, inA)?.metres).toBeLessThan(2);
  });

  it('is null on a level that does not exist', () => {
    const graph = buildWalkingGraph(sketchSite([twoRooms]));
    expect(route(graph, { levelId: levelId('attic'), x: 0, y: 0 }, { levelId: L0, x: 4, y: 5 })).toBeNull();
    expect(route(graph, { levelId: L0, x: 4, y: 5 }, { levelId: levelId('attic'), x: 0, y: 0 })).toBeNull();
  });
});

describe('a route between levels', () => {
  const graph = buildWalkingGraph(sketchSite([storey(0), storey(1)]));

  it('waits for the lift when the stair is far, and says so', () => {
    const found = route(graph, { levelId: L0, x: 5, y: 3 }, { levelId: L1, x: 5, y: 3 });
    expect(found?.legs.map((leg) => leg.levelId)).toEqual([L0, L1]);
    expect(found?.legs[1]?.by).toEqual({ connector: 'lift-a', category: 'elevator' });
    expect(found?.seconds).toBeGreaterThan(39);
  });

  it('takes the stair when it is near, quicker down than up', () => {
    const up = route(graph, { levelId: L0, x: 55, y: 3 }, { levelId: L1, x: 55, y: 3 });
    const down = route(graph, { levelId: L1, x: 55, y: 3 }, { levelId: L0, x: 55, y: 3 });
    expect(up?.legs[1]?.by).toEqual({ connector: 'stair-a', category: 'stairs' });
    expect((up?.seconds ?? 0) - (down?.seconds ?? 0)).toBeCloseTo(4 / 0.22 - 4 / 0.28, 6);
  });

  it('finds a pump straight overhead far and one down the corridor near', () => {
    const overhead = { id: 'overhead', levelId: L1, x: 5, y: 3 };
    const downTheCorridor = { id: 'corridor', levelId: L0, x: 40, y: 1 };
    const found = nearestOnFoot(graph, { levelId: L0, x: 5, y: 3 }, [overhead, downTheCorridor], 2);
    expect(found.map(({ item }) => item.id)).toEqual(['corridor', 'overhead']);
  });

  it('does not lead through a lift with two doors', () => {
    const through: LevelSketch = {
      rooms: [
        { id: 'a', shape: [0, 0, 10, 10] },
        { id: 'lift', shape: [10, 4, 12, 6], category: 'elevator', connector: 'lift' },
        { id: 'b', shape: [12, 0, 20, 10] },
      ],
      doors: [
        [
          [10, 4.5],
          [10, 5.5],
          ['a', 'lift'],
        ],
        [
          [12, 4.5],
          [12, 5.5],
          ['lift', 'b'],
        ],
      ],
    };
    const lifts = buildWalkingGraph(sketchSite([through]));
    expect(route(lifts, { levelId: L0, x: 1, y: 5 }, { levelId: L0, x: 19, y: 5 })).toBeNull();
    expect(route(lifts, { levelId: L0, x: 1, y: 5 }, { levelId: L0, x: 11, y: 5 })).not.toBeNull();
  });
});
