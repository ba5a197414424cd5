import { z } from 'zod';

const rssi1m = z.number().min(-127).max(20);
const exponent = z.number().min(0.5).max(8);
const sigma = z.number().positive().max(40);

const radio = z.object({
  rssi1m,
  exponent,
  sigma,
  points: z.number().int().min(0),
  through: z.object({ rssi1m, exponent, sigma, wallDb: z.number().min(-5).max(30) }).optional(),
});

const db = z.number();
const suspectSchema = z.union([
  z.object({ kind: z.enum(['deaf', 'loud']), gatewayId: z.string(), db: db.describe('More than expected, dB') }),
  z.object({
    kind: z.literal('moved'),
    gatewayId: z.string(),
    x: z.number(),
    y: z.number(),
    metres: z.number().describe('From where the plan has it'),
  }),
]);

/** What a refit rested on and what it changed. */
export const refitSchema = z.object({
  from: z.number().describe('When the first of what it rests on was heard, epoch ms'),
  until: z.number(),
  sightings: z.number(),
  beforeDb: db.describe('Mean absolute error over what was held out, dB: of the calibration before'),
  afterDb: db.describe('The same of this one'),
  gateways: z
    .array(z.object({ gatewayId: z.string(), points: z.number(), beforeDb: db, afterDb: db, changeDb: db }))
    .readonly()
    .describe('Fit of each gateway: transmitters it was heard against, errors, and by how much its level was moved'),
  suspects: z.array(suspectSchema).readonly().describe('Gateways to go and look at'),
});

/** The shape of `calibration.json`: what `calibrate` writes. */
export const calibrationSchema = z.object({
  siteId: z.string(),
  fittedAt: z.number(),
  gateways: z.array(radio.extend({ gatewayId: z.string() })),
  fallback: radio,
  residuals: z
    .array(
      z.object({
        gatewayId: z.string(),
        levelId: z.string(),
        x: z.number(),
        y: z.number(),
        db: z.number().min(-60).max(60),
        count: z.number().int().min(1).optional(),
        visits: z.number().int().min(1).optional(),
      }),
    )
    .optional(),
  hearing: z
    .object({
      halfDbm: z.number().min(-130).max(-20),
      blurDb: z.number().min(1).max(40),
      most: z.number().min(0).max(0.99),
    })
    .optional(),
  slab: z
    .object({
      db: z.number().min(0).max(60),
      sigmaDb: z.number().min(0).max(20),
      // Fits used to give shares below nothing, too.
      wallShare: z
        .number()
        .min(-1)
        .max(3)
        .transform((share) => Math.max(0, share))
        .optional(),
    })
    .optional(),
  basis: z.enum(['survey', 'references']).optional(),
  refit: refitSchema.optional(),
});
