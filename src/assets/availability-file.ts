import { z } from 'zod';
import { states } from '../core';
import { kindById } from './kinds';

const odds = z.number().min(-20).max(20);
const probability = z.number().min(0).max(1);
const minutes = z.number().positive().max(5_256_000);
const halfLifeMinutes = minutes.nullable().describe('Time after which half of the weight is left; null: it stays');
const weights = z
  .partialRecord(z.enum(states), odds)
  .describe('Log-odds added to each status; one left out, or 0, says nothing of it');

const fading = z.strictObject({ weights, halfLifeMinutes });
const said = z.strictObject({ weight: odds, halfLifeMinutes });
const discount = z.strictObject({ keep: probability, halfLifeMinutes });
const moving = z.strictObject({ weights });
const movingWith = fading.extend({ kinds: z.array(z.string()).readonly(), steps: z.int().min(1).max(20) });
const stale = z.strictObject({ afterMinutes: minutes, halfLifeMinutes: minutes });
const misled = z.strictObject({ loss: probability, halfLifeMinutes });
const lastUse = z.strictObject({ notCleaned: weights, cleaned: weights });
const rested = z.strictObject({ afterMinutes: minutes, fullAfterMinutes: minutes, weights });

/** All that is asked of a kind of equipment. */
export const kindRules = z.strictObject({
  prior: weights,
  leastToSay: probability,
  leastToHold: probability,
  leastToSayPlainly: probability,
  seldom: z.record(z.string(), z.number().min(0.001).max(1)),
  leastPlace: probability,
  leastPlaceToHold: probability,
  places: z.record(z.string(), weights),
  passages: z.array(z.string()).readonly(),
  settleMinutes: minutes,
  moving,
  movingWith,
  restedLong: z.partialRecord(z.enum(states), rested),
  lastUse,
  stale,
  silent: discount,
  manual: said,
  corrected: said,
  deviceFeed: said,
  outOfService: said,
  manualForMinutes: minutes,
  notHere: discount,
  returned: fading,
  claimed: moving,
  misled,
});
export type KindRules = z.output<typeof kindRules>;

/** Some of it: what is left out is as in the layer below. */
const patch = kindRules.partial().extend({
  moving: moving.partial().optional(),
  movingWith: movingWith.partial().optional(),
  restedLong: z.partialRecord(z.enum(states), rested.partial()).optional(),
  lastUse: lastUse.partial().optional(),
  stale: stale.partial().optional(),
  silent: discount.partial().optional(),
  manual: said.partial().optional(),
  corrected: said.partial().optional(),
  deviceFeed: said.partial().optional(),
  outOfService: said.partial().optional(),
  notHere: discount.partial().optional(),
  returned: fading.partial().optional(),
  claimed: moving.partial().optional(),
  misled: misled.partial().optional(),
});

const knownKind = z.string().refine((id) => kindById.has(id), {
  error: ({ input }) => `unknown kind ${String(input)}; known: ${[...kindById.keys()].join(', ')}`,
});

/** An `availability.json`: rules for all equipment, and where kinds differ. */
export const availabilityFile = z.strictObject({
  general: patch.optional().describe('For all kinds'),
  kinds: z.record(knownKind, patch).optional().describe('Where a kind differs'),
});
export type AvailabilityFile = z.output<typeof availabilityFile>;
