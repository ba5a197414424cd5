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
  slab: z.object({ db: z.number().min(0).max(60), sigmaDb: z.number().min(0).max(20) }).optional(),
});
