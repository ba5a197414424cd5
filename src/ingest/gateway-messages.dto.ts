import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const counts = z.record(z.string(), z.number().int());

export class TakenDto extends createZodDto(
  z.object({
    taken: z.number().int().describe('Sightings now in the stream'),
    readings: z.number().int().describe('Measured values now in the stream'),
    dropped: counts.describe('Sightings left out, by reason'),
  }),
) {}

export class DeadLettersQueryDto extends createZodDto(
  z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
) {}

export class DeadLetterListDto extends createZodDto(
  z.object({
    deadLetters: z.array(
      z
        .object({
          id: z.string(),
          door: z.string(),
          address: z.string().describe('Topic or path'),
          reason: z.string(),
          detail: z.string(),
          receivedAt: z.number().int().describe('Epoch milliseconds'),
          bytes: z.number().int(),
          payload: z.string().describe('The first 4 kB, base64'),
        })
        .meta({ id: 'DeadLetter' }),
    ),
  }),
) {}
