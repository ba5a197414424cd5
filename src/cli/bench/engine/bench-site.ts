import {
  buildSite,
  type Gateway,
  gatewayId,
  levelId,
  type LevelParts,
  type Opening,
  type Point,
  type Polygon,
  type Site,
  type Unit,
  unitId,
} from '../../../core';

const [widthM, depthM] = [100, 60];
const roomM = 5;
const levelHeightM = 4;
/** Rows of rooms on both sides of each corridor, from the bottom up: where a corridor begins and ends. */
const corridors: readonly (readonly [from: number, to: number])[] = [
  [5, 7.5],
  [17.5, 20],
  [30, 32.5],
  [42.5, 45],
  [55, 57.5],
];

/** A level of 100 × 60 m cut into rooms with doors along five corridors, `levels` times, with `perLevel` gateways each. */
export function benchSite(levels: number, perLevel: number): Site {
  return buildSite({
    id: 'bench',
    name: 'Bench',
    georeference: null,
    tagHeight: 1,
    levels: Array.from({ length: levels }, (_, i) => drawLevel(i)),
    gateways: Array.from({ length: levels }, (_, i) => hang(i, perLevel)).flat(),
  });
}

function drawLevel(ordinal: number): LevelParts {
  const id = levelId(`L${ordinal}`);
  const walkways = corridors.map(([from, to], i) =>
    unit(ordinal, `corridor-${i}`, box(0, from, widthM, to), 'walkway'),
  );
  const rooms: Unit[] = [];
  const openings: Opening[] = [];
  corridors.forEach(([from, to], c) => {
    for (const [side, edge] of [from, to].entries()) {
      const far = side === 0 ? edge - roomM : edge + roomM;
      if (far < 0 || far > depthM) continue;
      for (let x = 0; x < widthM; x += roomM) {
        const room = unit(ordinal, `r${c}-${side}-${x}`, box(x, Math.min(edge, far), x + roomM, Math.max(edge, far)));
        rooms.push(room);
        openings.push(door(room, walkways[c], [x + 2, edge], [x + 3, edge]));
      }
    }
  });
  return {
    id,
    name: `Level ${ordinal}`,
    ordinal,
    elevation: ordinal * levelHeightM,
    height: levelHeightM,
    outline: box(0, 0, widthM, depthM),
    units: [...walkways, ...rooms],
    openings,
    sections: [],
    fixtures: [],
  };
}

function unit(ordinal: number, name: string, polygon: Polygon, category = 'room'): Unit {
  return {
    id: unitId(`L${ordinal}-${name}`),
    levelId: levelId(`L${ordinal}`),
    name: { en: name },
    number: null,
    category,
    spaceType: null,
    sectionId: null,
    connector: null,
    polygon,
  };
}

const door = (room: Unit, walkway: Unit | undefined, from: Point, to: Point): Opening => ({
  id: `door-${room.id}`,
  levelId: room.levelId,
  category: 'pedestrian',
  from,
  to,
  unitIds: walkway === undefined ? [room.id] : [room.id, walkway.id],
});

function box(minX: number, minY: number, maxX: number, maxY: number): Polygon {
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

/** Gateways spread evenly in rows, every other row shifted by half a step. */
function hang(ordinal: number, count: number): Gateway[] {
  const rows = Math.round(Math.sqrt((count * depthM) / widthM));
  const perRow = Math.ceil(count / rows);
  return Array.from({ length: count }, (_, i): Gateway => {
    const row = Math.floor(i / perRow);
    const shift = row % 2 === 0 ? 0.25 : 0.75;
    return {
      id: gatewayId(`g${ordinal}-${i}`),
      levelId: levelId(`L${ordinal}`),
      x: ((i % perRow) + shift) * (widthM / perRow),
      y: (row + 0.5) * (depthM / rows),
      z: 2.6,
      format: null,
    };
  });
}
