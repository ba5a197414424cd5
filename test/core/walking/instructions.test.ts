import { describe, expect, it } from 'vitest';
import {
  arrive,
  buildWalkingGraph,
  type Instruction,
  instructionsFor,
  levelId,
  type Site,
  unitId,
  walkFrom,
} from '../../../src/core';
import { type DoorSketch, type LevelSketch, type RoomSketch, sketchSite } from './rooms';

/** What is told on the way between the middles of two rooms. */
function told(site: Site, from: string, to: string): readonly Instruction[] {
  const graph = buildWalkingGraph(site);
  const middle = (id: string) => {
    const room = graph.rooms[graph.roomByUnit.get(unitId(id)) ?? -1];
    if (room === undefined) throw new Error(`no unit ${id}`);
    return { levelId: room.unit.levelId, x: room.inner[0], y: room.inner[1], unitId: room.unit.id };
  };
  const walk = walkFrom(graph, middle(from));
  const arrival = walk === null ? null : arrive(graph, walk, middle(to));
  if (walk === null || arrival === null) throw new Error(`no way from ${from} to ${to}`);
  return instructionsFor(graph, walk, arrival);
}

const room = (id: string, minX: number, minY: number): RoomSketch => ({ id, shape: [minX, minY, minX + 5, minY + 5] });
const doorAt = (x: number, y: number, rooms: readonly string[]): DoorSketch => [[x - 0.5, y], [x + 0.5, y], rooms];

/** Five rooms on each side of a corridor that runs from west to east. */
const corridor: LevelSketch = {
  rooms: [
    { id: 'corridor', shape: [0, 5, 25, 8], category: 'walkway' },
    ...[0, 1, 2, 3, 4].flatMap((i) => [room(`south${i}`, 5 * i, 0), room(`north${i}`, 5 * i, 8)]),
    { id: 'end', shape: [25, 4, 30, 9] },
  ],
  doors: [
    ...[0, 1, 2, 3, 4].flatMap((i) => [
      doorAt(5 * i + 2.5, 5, [`south${i}`, 'corridor']),
      doorAt(5 * i + 2.5, 8, [`north${i}`, 'corridor']),
    ]),
    [
      [25, 6],
      [25, 7],
      ['corridor', 'end'],
    ],
  ],
};

describe('instructions along a corridor', () => {
  const site = sketchSite([corridor]);

  it.each([
    ['south0', 'north3', { side: 'right' }, { side: 'left', ordinal: 3 }],
    ['south0', 'south3', { side: 'right' }, { side: 'right', ordinal: 3 }],
    ['south4', 'north3', { side: 'left' }, { side: 'right', ordinal: 1 }],
    ['south4', 'south1', { side: 'left' }, { side: 'left', ordinal: 3 }],
    ['north1', 'south4', { side: 'left' }, { side: 'right', ordinal: 3 }],
    ['end', 'north3', {}, { side: 'right', ordinal: 2 }],
  ])('count the doors from %s to %s by side, in walking direction', (from, to, leave, enter) => {
    const [first, ...rest] = told(site, from, to);
    expect(first).toEqual({ code: 'leave', levelId: 'L0', unitId: from, ...leave });
    expect(rest.at(-1)).toEqual({ code: 'enter', levelId: 'L0', unitId: to, ...enter });
  });

  it('have no side for the door across, nor for the one at the end', () => {
    expect(told(site, 'south2', 'north2').at(-1)).toEqual({ code: 'enter', levelId: 'L0', unitId: 'north2' });
    expect(told(site, 'south0', 'end').at(-1)).toEqual({ code: 'enter', levelId: 'L0', unitId: 'end' });
  });

  it('count a locked door too: one sees it', () => {
    const [level] = site.levels;
    if (level === undefined) throw new Error('no level');
    const openings = level.openings.map((door) =>
      door.unitIds.includes(unitId('north2')) ? { ...door, access: 'locked' as const } : door,
    );
    const locked: Site = {
      ...site,
      levels: [{ ...level, openings }],
      levelById: new Map([[level.id, { ...level, openings }]]),
    };
    expect(told(locked, 'south0', 'north3').at(-1)).toMatchObject({ side: 'left', ordinal: 3 });
  });

  it('say only that it is here when it is', () => {
    expect(told(site, 'end', 'end')).toEqual([{ code: 'here', levelId: 'L0', unitId: 'end' }]);
  });
});

describe('instructions round a corner', () => {
  /** An L: along the bottom, then up on the right. */
  const site = sketchSite([
    {
      rooms: [
        {
          id: 'bent',
          category: 'walkway',
          shape: [
            [
              [0, 0],
              [20, 0],
              [20, 20],
              [17, 20],
              [17, 3],
              [0, 3],
              [0, 0],
            ],
          ],
        },
        { id: 'start', shape: [-5, 0, 0, 5] },
        { id: 'low', shape: [5, 3, 10, 8] },
        { id: 'first', shape: [20, 4, 25, 9] },
        { id: 'second', shape: [20, 9, 25, 14] },
      ],
      doors: [
        [
          [0, 1],
          [0, 2],
          ['start', 'bent'],
        ],
        doorAt(7, 3, ['low', 'bent']),
        [
          [20, 6],
          [20, 7],
          ['first', 'bent'],
        ],
        [
          [20, 11],
          [20, 12],
          ['second', 'bent'],
        ],
      ],
    },
  ]);

  it('count from the corner on', () => {
    expect(told(site, 'start', 'second').at(-1)).toMatchObject({ side: 'right', ordinal: 2 });
    expect(told(site, 'start', 'low').at(-1)).toMatchObject({ side: 'left', ordinal: 1 });
  });
});

describe('instructions over levels', () => {
  /** A lift at the west end of each corridor. */
  const storey = (n: number): LevelSketch => ({
    rooms: [
      { id: `corridor${n}`, shape: [3, 0, 33, 3], category: 'walkway' },
      { id: `lift${n}`, shape: [0, 0, 3, 3], category: 'elevator', connector: 'lift-b' },
      ...[0, 1, 2].map((i): RoomSketch => ({ id: `room${n}${i}`, shape: [3 + 10 * i, 3, 13 + 10 * i, 9] })),
    ],
    doors: [
      [
        [3, 1],
        [3, 2],
        [`lift${n}`, `corridor${n}`],
      ],
      ...[0, 1, 2].map((i): DoorSketch => doorAt(8 + 10 * i, 3, [`room${n}${i}`, `corridor${n}`])),
    ],
  });

  it('ride the lift once, and count from where it lets one out', () => {
    const site = sketchSite([storey(0), storey(1), storey(2)]);
    expect(
      told(site, 'room02', 'room21').map(({ code, levelId, side, ordinal }) => [code, levelId, side, ordinal]),
    ).toEqual([
      ['leave', levelId('L0'), 'right', undefined],
      ['walk', levelId('L0'), 'right', undefined],
      ['lift', levelId('L2'), undefined, undefined],
      ['walk', levelId('L2'), undefined, undefined],
      ['enter', levelId('L2'), 'left', 2],
    ]);
  });
});
