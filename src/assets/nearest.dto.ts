import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { availabilities, companions } from '../core';
import { assetView, epochMs, kind, label, list, metres } from './asset.dto';

const seconds = z.number().describe('Seconds');
const chance = z.number().min(0).max(1);

export class NearestQueryDto extends createZodDto(
  z.object({
    kind,
    from: z
      .string()
      .max(300)
      .describe('unit:<id>, asset:<id> (where its tag is) or <levelId>,<x>,<y> in metres of the level'),
    availability: z.enum([...availabilities, 'any']).default('free'),
    limit: z.coerce.number().int().min(1).max(50).default(5),
    with: z.enum(companions).default('none').describe('What one has along: with wheels there are no stairs'),
    badge: z.enum(['yes', 'no']).default('yes').describe('Whether one opens the doors for staff'),
    tablet: z.string().max(100).optional().describe('Who asks: what another tablet has claimed is left out'),
    shown: z
      .string()
      .max(2_000)
      .transform((ids) => ids.split(',').filter((id) => id !== ''))
      .optional()
      .describe('Ids of the answer on the screen, in order, separated by commas: small differences do not reorder it'),
  }),
) {}

const position = z.tuple([z.number(), z.number()]);

const routeFeature = z.object({
  type: z.literal('Feature'),
  properties: z.object({
    levelId: z.string(),
    metres,
    by: z
      .object({ connector: z.string(), category: z.string() })
      .nullable()
      .describe('The lift or stair that led to this level; null for the first part'),
  }),
  geometry: z.object({ type: z.literal('LineString'), coordinates: list(position.readonly()) }),
});

/** Why one is not the first answer, though it is nearer. */
export const passedOver = [
  ...availabilities,
  'claimed', // by another tablet
  'silent',
  'stale', // not heard for a while
  'place-unsure',
  'less-likely', // free, but less likely than this one
  'alone', // if it fails, the next is far
] as const;

const reason = z.object({
  code: z.enum([
    'soonest', // nothing of its kind is reached sooner
    'passed-over', // assetId, name, seconds, why: nearer, and not taken
    'next', // assetId, name, seconds: where to go on if this fails
    'stale', // ageMs
    'place-unsure', // chance of the room
  ]),
  assetId: z.string().optional(),
  name: z.string().optional(),
  seconds: seconds.optional(),
  why: z.enum(passedOver).optional(),
  ageMs: z.number().optional(),
  chance: chance.optional(),
});

const expected = z.object({
  seconds: seconds.describe('Seconds until one can be used, this one tried first and the next if it fails'),
  walkSeconds: seconds,
  chance: chance.describe('That it, or another of its kind in the same room, can be used there'),
  reasons: list(reason),
});

const instruction = z.object({
  code: z.enum(['here', 'leave', 'walk', 'lift', 'stairs', 'enter']),
  levelId: z.string().describe('Where one is after it'),
  unitId: z.string().describe('The room left or entered, the passage walked, the lift taken'),
  connector: z.string().optional(),
  side: z.enum(['left', 'right']).optional().describe('Missing: straight on'),
  ordinal: z.number().int().min(1).optional().describe('2: the second door on that side'),
  metres: metres.optional(),
});

const unit = z.object({ id: z.string(), name: label, number: z.string().nullable() });
const level = z.object({ id: z.string(), name: z.string(), names: label, ordinal: z.number() });

const result = z.object({
  asset: assetView,
  unit: unit.nullable(),
  level: level.nullable(),
  metres: z.number().describe('Metres to walk'),
  seconds: z.number().describe('Seconds expected, waiting for lifts included'),
  ageMs: z.number().describe('Age of the fix'),
  zoneProbability: z.number(),
  expected,
  instructions: list(instruction),
  text: z.object({ en: z.string(), fr: z.string() }).describe('The instructions as one line'),
  route: z.object({ type: z.literal('FeatureCollection'), features: list(routeFeature) }),
});

const waiting = result.extend({
  wait: z
    .object({ why: z.enum(passedOver), seconds: seconds.describe('Until it is likely free; a rule of thumb') })
    .describe('Why it cannot be taken now'),
});

const colleague = z.object({
  section: z.object({ id: z.string(), name: label, short: z.string().nullable() }),
  unit: unit.describe('Its nurse station or reception'),
  level,
  seconds: seconds.describe('Seconds to walk there'),
  pieces: z.number().int().describe('Equipment of the kind that is in this section'),
});

export class NearestDto extends createZodDto(
  z.object({
    now: epochMs,
    from: z.object({
      levelId: z.string(),
      x: metres,
      y: metres,
      unitId: z.string().nullable(),
      moved: metres.describe('Metres from the place given to the nearest room, where the way begins'),
    }),
    with: z.enum(companions),
    results: list(result).describe('Least expected time first'),
    soonest: list(waiting).describe('When there are no results: likely free soonest, walking counted'),
    ask: list(colleague).describe('When there are no results: the nearest sections that have any, to ask there'),
    leftOut: z
      .object({
        unavailable: z.number().int().describe('Not of the availability asked for'),
        claimed: z.number().int().describe('Claimed by another tablet'),
        unplaced: z.number().int().describe('Never heard, or without a tag'),
        unreachable: z.number().int().describe('No way there: locked in, or stairs only'),
      })
      .describe('Equipment of the kind that is not among the results, and why'),
  }),
) {}

export type NearestAnswer = z.input<typeof NearestDto.schema>;
export type NearestResult = NearestAnswer['results'][number];
export type Expected = NearestResult['expected'];
