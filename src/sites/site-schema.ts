import { z } from 'zod';
import { doorAccesses, methodNames } from '../core';

/** The shapes of a site's files, as docs of the formats say: metres, x right, y up. */
const coordinate = z.number().refine(Number.isFinite, 'must be a finite number of metres');
const point = z.tuple([coordinate, coordinate]).rest(z.unknown());
const ring = z.array(point).min(4, 'a ring needs at least four points, the first repeated at the end');

const label = z.union([
  z.string().transform((en) => ({ en })),
  z.object({ en: z.string(), fr: z.string().optional() }),
]);

const positive = z.number().positive();
const pause = z.number().min(0).max(3_600);

/** How people walk here, where the usual rules do not fit. */
const walking = z
  .object({
    speedMps: positive.max(3),
    liftWaitS: pause,
    liftMps: positive.max(20),
    stairsUpMps: positive.max(3),
    stairsDownMps: positive.max(3),
    stairs: z.boolean(),
    staffDoors: z.boolean(),
    staffDoorS: pause,
    cutThroughS: pause,
  })
  .partial()
  .strict();

export const siteSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  georeference: z
    .object({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), rotationDeg: z.number() })
    .nullable(),
  tagHeight: z.number().min(0).max(10),
  method: z.enum(methodNames).optional(),
  walking: walking.optional(),
  refit: z.boolean().optional(),
  levels: z
    .array(
      z.object({
        id: z.string().min(1),
        name: z.string().min(1),
        names: z
          .object({ fr: z.string().min(1) })
          .partial()
          .strict()
          .optional(),
        ordinal: z.number().int(),
        elevation: z.number(),
        height: z.number().positive(),
        plan: z.string().min(1),
      }),
    )
    .min(1, 'a site needs at least one level'),
});

export const gatewaysSchema = z.array(
  z.object({
    id: z.string().min(1),
    levelId: z.string().min(1),
    x: coordinate,
    y: coordinate,
    z: coordinate,
    format: z.string().optional(),
  }),
);

const properties = z
  .object({
    feature_type: z.string(),
    category: z.string().optional(),
    spaceType: z.string().nullish(),
    name: label.nullish(),
    number: z.string().nullish(),
    short: z.string().nullish(),
    sectionId: z.string().nullish(),
    connector: z.string().nullish(),
    unitIds: z.array(z.string()).min(1).max(2).optional(),
    access: z.enum(doorAccesses).nullish(),
    unitId: z.string().nullish(),
  })
  .loose();

export const planSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.union([z.string(), z.number().transform(String)]),
      properties,
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
        z.object({ type: z.literal('LineString'), coordinates: z.array(point).min(2) }),
        z.object({ type: z.literal('Point'), coordinates: point }),
      ]),
    }),
  ),
});

export type PlanFeature = z.output<typeof planSchema>['features'][number];
