import {
  buildSite,
  type LevelParts,
  levelId,
  type Opening,
  type Point,
  type Polygon,
  type Site,
  type Unit,
  unitId,
} from '../../../src/core';

/** A room of a made-up plan: a rectangle `[minX, minY, maxX, maxY]` or any polygon. */
export interface RoomSketch {
  readonly id: string;
  readonly shape: readonly [number, number, number, number] | Polygon;
  readonly category?: string;
  readonly spaceType?: string;
  readonly connector?: string;
}

/** A door: two ends and the rooms it joins. */
export type DoorSketch = readonly [from: Point, to: Point, rooms: readonly string[]];

export interface LevelSketch {
  readonly rooms: readonly RoomSketch[];
  readonly doors: readonly DoorSketch[];
}

/** Levels one above the other, 4 m apart, named L0, L1, …. */
export function sketchSite(levels: readonly LevelSketch[]): Site {
  return buildSite({
    id: 'sketch',
    name: 'Sketch',
    georeference: null,
    tagHeight: 1,
    gateways: [],
    levels: levels.map(sketchLevel),
  });
}

function sketchLevel({ rooms, doors }: LevelSketch, ordinal: number): LevelParts {
  const id = levelId(`L${ordinal}`);
  return {
    id,
    name: `Level ${ordinal}`,
    ordinal,
    elevation: 4 * ordinal,
    height: 4,
    outline: null,
    sections: [],
    fixtures: [],
    units: rooms.map((room): Unit => ({
      id: unitId(room.id),
      levelId: id,
      name: { en: room.id },
      number: null,
      category: room.category ?? 'room',
      spaceType: room.spaceType ?? null,
      sectionId: null,
      connector: room.connector ?? null,
      polygon: toPolygon(room.shape),
    })),
    openings: doors.map(([from, to, joined], i): Opening => ({
      id: `L${ordinal}-door-${i}`,
      levelId: id,
      category: 'pedestrian',
      from,
      to,
      unitIds: joined.map(unitId),
    })),
  };
}

function toPolygon(shape: RoomSketch['shape']): Polygon {
  const [minX, minY, maxX, maxY] = shape;
  if (typeof minX !== 'number' || typeof minY !== 'number' || typeof maxX !== 'number' || typeof maxY !== 'number') {
    return shape.filter((ring) => typeof ring !== 'number');
  }
  return [
    [
      [minX, minY],
      [maxX, minY],
      [maxX, maxY],
      [minX, maxY],
      [minX, minY],
    ],
  ];
}
