import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
const label = z.object({ en: z.string(), fr: z.string().optional() });
const metres = z.number().describe('Metres of the level');
const degreesPerMetre = z.number().describe('Degrees per metre');
const id = z.string();
const bounds = z.object({ minX: metres, minY: metres, maxX: metres, maxY: metres });

const frame = z
  .object({
    lng0: z.number(),
    lat0: z.number(),
    dLngDx: degreesPerMetre,
    dLngDy: degreesPerMetre,
    dLatDx: degreesPerMetre,
    dLatDy: degreesPerMetre,
  })
  .describe('Level metres to WGS84: lng = lng0 + x·dLngDx + y·dLngDy, lat = lat0 + x·dLatDx + y·dLatDy');

const level = z.object({
  id,
  name: z.string(),
  names: label.describe('The name in each language the site gives'),
  ordinal: z.number(),
  elevation: z.number(),
  height: z.number(),
  bounds,
});
const section = { name: label, short: z.string().nullable(), category: z.string().nullable() };
const unit = {
  name: label,
  number: z.string().nullable(),
  category: z.string(),
  spaceType: z.string().nullable(),
  sectionId: z.string().nullable(),
  connector: z.string().nullable(),
};

const site = z.object({
  id,
  name: z.string(),
  isGeoreferenced: z.boolean().describe('False: the frame is a nominal one at 0, 0'),
  frame,
  levels: list(level).describe('Lowest first'),
  sections: list(z.object({ id, levelId: id, ...section })),
  units: list(z.object({ id, levelId: id, ...unit })).describe('Without outlines: those are in the plans'),
});

const share = z.number().min(0).max(1);
const coverage = z.object({
  rooms: list(
    z.object({
      unitId: id,
      levelId: id,
      sectionId: z.string().nullable(),
      radius90: metres.describe('Radius expected to hold the truth nine times in ten, mean over the room, metres'),
      roomCertainty: share.describe('Chance that a position found lies in the room, mean over the room'),
    }),
  ),
  losses: list(z.object({ unitId: id, gatewayId: id, before: share, after: share })).describe(
    'Rooms that lose their certainty when one gateway dies, the heaviest loss first',
  ),
});

/** What the radio model promises of the site: a bound, before any tag is there. */
export class CoverageDto extends createZodDto(coverage) {}
export type CoverageAnswer = z.input<typeof coverage>;

/** What a site is made of, without its drawings. */
export class SiteDto extends createZodDto(site) {}

const position = z.tuple([z.number(), z.number()]).readonly();
const polygon = z.object({ type: z.literal('Polygon'), coordinates: list(list(position)) });
const line = z.object({ type: z.literal('LineString'), coordinates: list(position) });
const point = z.object({ type: z.literal('Point'), coordinates: position });
const feature = <P extends z.ZodRawShape, G extends z.ZodType>(properties: P, geometry: G) =>
  z.object({ type: z.literal('Feature'), id, properties: z.object(properties), geometry });
const type = <T extends string>(name: T) => ({ feature_type: z.literal(name) });

const plan = z.object({
  type: z.literal('FeatureCollection'),
  level,
  features: list(
    z.union([
      feature({ ...type('level') }, polygon),
      feature({ ...type('section'), ...section }, polygon),
      feature({ ...type('unit'), ...unit }, polygon),
      feature({ ...type('opening'), category: z.string(), unitIds: list(id) }, line),
      feature({ ...type('fixture'), category: z.string(), unitId: id.nullable() }, polygon),
      feature({ ...type('gateway'), z: z.number().describe('Metres above the floor') }, point),
    ]),
  ).describe('Coordinates are metres of the level: x to the right, y up'),
});

/** The drawing of a level. */
export class PlanDto extends createZodDto(plan) {}

export class SiteParamDto extends createZodDto(z.object({ siteId: z.string() })) {}
export class LevelParamDto extends createZodDto(z.object({ siteId: z.string(), levelId: z.string() })) {}

const appConfig = z.object({
  siteId: z.string(),
  mapboxToken: z.string().nullable().describe('Null: the app draws with maplibre-gl'),
  version: z.string(),
});

/** What the web app asks first. */
export class AppConfigDto extends createZodDto(appConfig) {}

export type SiteAnswer = z.input<typeof site>;
export type PlanAnswer = z.input<typeof plan>;
