import {
  advance,
  buildSite,
  type Calibration,
  type Fix,
  gatewayId,
  levelId,
  type LevelParts,
  type Move,
  newestFix,
  type Point,
  type Polygon,
  type Sighting,
  type Site,
  type SiteModel,
  tagId,
  type Track,
  unitId,
} from '../../src/core';

/** Building blocks of small sites and noiseless or seeded radio, for the engine's tests. */
export const tag = tagId('tag');
export const start = 1_700_000_000_000;

export const box = (minX: number, minY: number, maxX: number, maxY: number): Polygon => [
  [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
    [minX, minY],
  ],
];

interface MadeLevel {
  readonly outline?: Polygon;
  readonly rooms?: Readonly<Record<string, Polygon>>;
  /** Pairs of rooms a door joins. */
  readonly doors?: readonly (readonly [string, string])[];
  readonly gateways: readonly (readonly [x: number, y: number, z?: number])[];
}

/** Levels three metres high; gateways are called `<level>-<i>`, levels `L0`, `L1`, … and hang at 2.5 m unless said. */
export function madeSite(...levels: readonly MadeLevel[]): Site {
  return buildSite({
    id: 'made',
    name: 'Made',
    georeference: null,
    tagHeight: 1,
    levels: levels.map((level, i) => madeLevel(level, i)),
    gateways: levels.flatMap(({ gateways }, i) =>
      gateways.map(([x, y, z = 2.5], j) => ({
        id: gatewayId(`L${i}-${j}`),
        levelId: levelId(`L${i}`),
        x,
        y,
        z,
        format: null,
      })),
    ),
  });
}

function madeLevel({ outline, rooms = {}, doors = [] }: MadeLevel, i: number): LevelParts {
  const id = levelId(`L${i}`);
  return {
    id,
    name: `Level ${i}`,
    ordinal: i,
    elevation: 3 * i,
    height: 3,
    outline: outline ?? null,
    units: Object.entries(rooms).map(([name, polygon]) => ({
      id: unitId(name),
      levelId: id,
      name: { en: name },
      number: null,
      category: 'room',
      spaceType: null,
      sectionId: null,
      connector: null,
      polygon,
    })),
    openings: doors.map(([from, to]) => ({
      id: `${from}-${to}`,
      levelId: id,
      category: 'pedestrian',
      from: [0, 0],
      to: [1, 0],
      unitIds: [unitId(from), unitId(to)],
    })),
    sections: [],
    fixtures: [],
  };
}

/** A hall of 30 × 20 m with eight gateways around it. */
export const hall = madeSite({
  outline: box(0, 0, 30, 20),
  gateways: [
    [0, 0],
    [15, 0],
    [30, 0],
    [30, 10],
    [30, 20],
    [15, 20],
    [0, 20],
    [0, 10],
  ],
});

/** The radio of a well surveyed site, the same for every gateway. */
export const surveyed: Calibration = {
  siteId: 'made',
  fittedAt: 0,
  gateways: [],
  fallback: { rssi1m: -60, exponent: 2.2, sigma: 3, points: 100 },
};

/** RSSI a model's own radio expects from a place, dBm, slabs included. */
export function expectedAt(model: SiteModel, level: number, [x, y]: Point): number[] {
  const radio = model.levels[level]?.radio;
  if (radio === undefined) throw new RangeError(`no level ${level}`);
  return model.gateways.map((_, g) => {
    const sqDist = (x - (radio.x[g] ?? 0)) ** 2 + (y - (radio.y[g] ?? 0)) ** 2 + (radio.sqRise[g] ?? 0);
    return (radio.rssi1m[g] ?? 0) - 5 * (radio.exponent[g] ?? 0) * Math.log10(Math.max(sqDist, 0.25));
  });
}

/** What all gateways that can (above `floor` dBm) hear of a tag at a place at one instant. */
export function hearAt(model: SiteModel, place: Point, at: number, options: Radio = {}): Sighting[] {
  const { level = 0, noise = () => 0, floor = -95 } = options;
  return expectedAt(model, level, place).flatMap((expected, g) => {
    const gateway = model.gateways[g];
    const rssi = Math.round(expected + noise());
    if (gateway === undefined || rssi < floor) return [];
    return [{ tagId: tag, gatewayId: gateway.id, rssi, heardAt: at, receivedAt: at + 50 }];
  });
}

interface Radio {
  readonly level?: number;
  readonly noise?: () => number;
  readonly floor?: number;
}

/** Seeded normal noise of a standard deviation (mulberry32 and Box–Muller). */
export function seededNoise(seed: number, sigma: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => sigma * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

export interface Run {
  readonly track: Track;
  readonly moves: readonly Move[];
  readonly last: Fix;
}

/** Runs sightings through the engine in one batch. @throws when nothing came of them. */
export function runAll(model: SiteModel, heard: readonly Sighting[], track: Track | null = null): Run {
  const step = advance(track, heard, (heard.at(-1)?.heardAt ?? start) + 60_000, model);
  const last = step.track === null ? null : newestFix(step.track);
  if (step.track === null || last === null) throw new Error('no fix came of the sightings');
  return { track: step.track, moves: step.moves, last };
}

/** Seconds 0 … `seconds` (inclusive), `perS` a second: what is heard of a tag that moves as `placeAt` says. */
export function hearWalk(
  model: SiteModel,
  seconds: number,
  placeAt: (s: number) => Point,
  options: Radio & { readonly perS?: number; readonly from?: number } = {},
): Sighting[] {
  const { perS = 2, from = start } = options;
  return Array.from({ length: seconds * perS + 1 }, (_, i) =>
    hearAt(model, placeAt(i / perS), from + (i * 1000) / perS, options),
  ).flat();
}
