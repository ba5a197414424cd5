import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Piece } from '../simulate/equipment';

/** Metres from one wing to the next: further than a gateway hears. */
const apartM = 200;
/** Wings stand in rows, so that no plan becomes a thin strip. */
const perRow = 5;

const feature = z.looseObject({
  id: z.string(),
  geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }),
  properties: z.looseObject({ feature_type: z.string() }),
});
const plan = z.looseObject({ features: z.array(feature) });
const gateways = z.array(z.looseObject({ id: z.string(), x: z.number(), y: z.number() }));
const site = z.looseObject({ levels: z.array(z.looseObject({ plan: z.string() })) });

/** What one wing's tag or gateway is called: the same hardware number under another maker, or the name numbered. */
export const inWing = (id: string, wing: number, maker: 'a' | 'c'): string =>
  /^[0-9a-f]{12}$/.test(id) ? `${maker}${wing.toString(16).padStart(3, '0')}${id.slice(4)}` : `${id}-w${wing}`;

export const piecesInWings = (pieces: readonly Piece[], wings: number): Piece[] =>
  Array.from({ length: wings }, (_, wing) =>
    pieces.map((piece): Piece => ({
      ...piece,
      id: `${piece.id}-w${wing}`,
      tagId: inWing(piece.tagId, wing, 'c') as Piece['tagId'],
      homeUnitId: null,
    })),
  ).flat();

export interface Large {
  readonly wings: number;
  readonly method: string;
  /** In all wings. */
  readonly pieces: readonly Piece[];
}

/** Writes a site of as many copies of another one, side by side on the same levels: a large hospital. */
export async function writeWings(from: string, to: string, { wings, method, pieces }: Large): Promise<void> {
  await mkdir(to, { recursive: true });
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(from, file), 'utf8'));
  const write = (file: string, content: unknown): Promise<void> => writeFile(join(to, file), JSON.stringify(content));
  const head = site.parse(await read('site.json'));
  await write('site.json', { ...head, id: 'large-hospital', method });
  for (const { plan: file } of head.levels) {
    const { features, ...rest } = plan.parse(await read(file));
    await write(file, { ...rest, features: widen(features, wings) });
  }
  const near = gateways.parse(await read('gateways.json'));
  await write(
    'gateways.json',
    forEachWing(wings, (wing, dx, dy) =>
      near.map((one) => ({ ...one, id: inWing(one.id, wing, 'a'), x: one.x + dx, y: one.y + dy })),
    ),
  );
  await write(
    'assets.json',
    pieces.map(({ id, kind, tagId }) => ({ id, name: id, kind, tagId })),
  );
}

/** The level itself is one outline around all wings; everything else is there once a wing. */
function widen(features: readonly z.output<typeof feature>[], wings: number): unknown[] {
  const outlines = features.filter(({ properties }) => properties.feature_type === 'level');
  const inside = features.filter(({ properties }) => properties.feature_type !== 'level');
  const [width, depth] = [apartM * Math.min(wings, perRow), apartM * Math.ceil(wings / perRow)];
  const around = [
    [0, 0],
    [width, 0],
    [width, depth],
    [0, depth],
    [0, 0],
  ];
  return [
    ...outlines.map((one) => ({ ...one, geometry: { type: 'Polygon', coordinates: [around] } })),
    ...forEachWing(wings, (wing, dx, dy) =>
      inside.map(({ id, geometry, properties }) => ({
        type: 'Feature',
        id: `${id}-w${wing}`,
        geometry: { ...geometry, coordinates: shift(geometry.coordinates, dx, dy) },
        properties: renamed(properties, wing),
      })),
    ),
  ];
}

function forEachWing<T>(wings: number, make: (wing: number, dx: number, dy: number) => T[]): T[] {
  return Array.from({ length: wings }, (_, wing) =>
    make(wing, (wing % perRow) * apartM, Math.floor(wing / perRow) * apartM),
  ).flat();
}

/** References to other features go to those of the same wing. */
function renamed(properties: Readonly<Record<string, unknown>>, wing: number): Record<string, unknown> {
  const rename = (value: unknown): unknown => (typeof value === 'string' ? `${value}-w${wing}` : value);
  const own: Record<string, unknown> = { ...properties };
  for (const key of ['sectionId', 'unitId', 'connector']) if (key in own) own[key] = rename(own[key]);
  if (Array.isArray(own['unitIds'])) own['unitIds'] = own['unitIds'].map(rename);
  return own;
}

function shift(coordinates: unknown, dx: number, dy: number): unknown {
  if (!isList(coordinates)) return coordinates;
  const [x, y] = coordinates;
  if (typeof x === 'number' && typeof y === 'number') return [x + dx, y + dy];
  return coordinates.map((inner) => shift(inner, dx, dy));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
