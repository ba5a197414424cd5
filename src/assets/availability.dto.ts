import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { availabilities } from '../core';
import type { WorklistItem } from '../live/protocol';
import { assetView, claim, correctionCode } from './asset.dto';
import { availabilityFile } from './availability-file';

const epochMs = z.number().int().describe('Epoch milliseconds');
const tablet = z
  .string()
  .regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, _ or -')
  .describe("The tablet's own random id; never a person's");
const note = z.string().trim().max(500).nullable().default(null);

export class NewStatusDto extends createZodDto(
  z
    .object({
      status: z.enum(availabilities).nullable().describe('Null clears what this source said'),
      note,
      source: z.enum(['staff', 'device']).default('staff').describe("device: the equipment's own server says so"),
      reason: z.enum(['fault', 'maintenance', 'recall']).optional().describe('Why it is out of service'),
    })
    .strict(),
) {}

export class SourceQueryDto extends createZodDto(z.object({ source: z.enum(['staff', 'device']).default('staff') })) {}

export class NewClaimDto extends createZodDto(z.object({ tablet }).strict()) {}
export class TabletQueryDto extends createZodDto(z.object({ tablet })) {}

export class NewCorrectionDto extends createZodDto(
  z
    .object({
      id: z.uuid().describe('Made by the tablet: sent again, it counts once'),
      tablet,
      code: correctionCode,
      saidAt: epochMs
        .positive()
        .describe('When it was said, by the clock of GET /api/assets; it may have waited for network'),
      note,
      searchStartedAt: epochMs.positive().optional().describe('With found: when the search began'),
    })
    .strict(),
) {}

export class CorrectionParamDto extends createZodDto(
  z.object({ id: z.string().min(1).max(100), correctionId: z.uuid() }),
) {}

export class CorrectedDto extends createZodDto(z.object({ asset: assetView })) {}

const problem = z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() });

export class ClaimedProblemDto extends createZodDto(
  problem.extend({ reason: z.literal('claimed'), claim, asset: assetView }),
) {}

export class SupersededProblemDto extends createZodDto(
  problem.extend({ reason: z.literal('superseded'), asset: assetView }),
) {}

const label = z.object({ en: z.string(), fr: z.string().optional() });

const worklistItem = z.object({
  asset: assetView,
  reason: z.enum(['silent', 'not-found', 'out-of-service', 'needs-cleaning', 'away-from-home']),
  since: epochMs.nullable(),
  lastSeen: z
    .object({
      levelId: z.string(),
      unitId: z.string().nullable(),
      unitName: label.nullable(),
      unitNumber: z.string().nullable(),
      sectionId: z.string().nullable(),
      at: epochMs,
    })
    .nullable(),
  advice: z.object({
    code: z.enum([
      'look-where-last-seen',
      'check-tag',
      'search-nearby',
      'send-to-workshop',
      'clean',
      'bring-home',
      'pair-tag',
    ]),
    text: z.object({ en: z.string(), fr: z.string() }),
  }),
}) satisfies z.ZodType<WorklistItem>;

export class WorklistQueryDto extends createZodDto(
  z.object({ section: z.string().max(200).optional().describe('Owned by this section, or in it now') }),
) {}

export class WorklistDto extends createZodDto(
  z.object({ now: epochMs, items: z.array(worklistItem).readonly().describe('Most pressing first') }),
) {}

export class AvailabilityFileDto extends createZodDto(availabilityFile) {}

export class AvailabilityRulesDto extends createZodDto(
  z.object({
    changes: availabilityFile.describe('What was changed here; PUT replaces it'),
    changedAt: epochMs.nullable(),
    rules: z
      .record(z.string(), z.unknown())
      .describe('What holds: the rules that come along, the site file, the changes'),
  }),
) {}
