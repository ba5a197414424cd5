import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { availabilities } from '../core';
import type { AssetView } from '../live/protocol';
import { kindById, kinds } from './kinds';

const status = z.enum(availabilities);
export const epochMs = z.number().int().describe('Epoch milliseconds');
export const metres = z.number().describe('Metres of the level');
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
export const label = z.object({ en: z.string(), fr: z.string().optional() });
const knownKinds = kinds.map(({ id }) => id).join(', ');
export const kind = z.string().refine((id) => kindById.has(id), `unknown kind; known: ${knownKinds}`);

const probability = z.number().min(0).max(1);
export const correctionCode = z.enum(['not-here', 'in-use', 'dirty', 'broken', 'free', 'found', 'returned']);

const evidence = z.object({
  code: z.enum([
    'rests-in',
    'moving',
    'moving-with',
    'rested-long',
    'not-cleaned',
    'cleaned',
    'place-unsure',
    'manual',
    'device-feed',
    'out-of-service',
    'recall',
    'silent',
    'never-heard',
    'corrected',
    'claimed',
  ]),
  status,
  weight: z.number().describe('Log-odds: positive for the status, negative against it, 0 when it only explains'),
  text: z.string().describe('In English'),
  spaceType: z.string().optional(),
  unitId: z.string().optional(),
  unitName: label.optional(),
  unitNumber: z.string().optional(),
  placeProbability: probability.optional(),
  orAlike: z.boolean().optional().describe('In that unit or in another that says the same'),
  since: epochMs.optional(),
  until: epochMs.optional(),
  note: z.string().optional(),
  companion: z.object({ id: z.string(), kind: z.string(), name: z.string() }).optional(),
  correction: correctionCode.optional(),
});

export const claim = z.object({
  by: z.string().describe("The tablet's random id"),
  at: epochMs,
  until: epochMs,
});

const place = z.object({
  levelId: z.string(),
  x: metres,
  y: metres,
  radius50: metres,
  radius90: metres,
  unitId: z.string().nullable(),
  sectionId: z.string().nullable(),
  zoneProbability: z.number().min(0).max(1),
  at: epochMs,
  since: epochMs.nullable(),
  restingSince: epochMs.nullable(),
  silent: z.boolean().describe('The tag is no longer heard: this is where it was last seen'),
});

/** The same as the live socket sends. */
export const assetView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  number: z.string().nullable(),
  serial: z.string().nullable(),
  tagId: z.string().nullable().describe('The tag its place is told by'),
  tagIds: list(z.string()),
  ownerSectionId: z.string().nullable(),
  homeUnitId: z.string().nullable(),
  notes: z.string().nullable(),
  photo: z.string().nullable().describe('Version of its photograph'),
  availability: z.object({
    status,
    probable: z.literal(true).optional().describe('So probably: less sure than is said plainly, and nobody says so'),
    probability: probability.describe('That the status is right; for unknown, that of the likeliest status'),
    freeProbability: probability.describe('That it can be taken and used, whatever the status says'),
    since: epochMs.nullable(),
    evidence: list(evidence).describe('The most telling first'),
  }),
  claim: claim.nullable().describe('Who is on the way to it; null when nobody is'),
  place: place.nullable(),
  tagsApart: z.literal(true).optional().describe('Its tags are heard in places that cannot both be its own'),
  retired: z.literal(true).optional().describe('Taken out of use'),
}) satisfies z.ZodType<AssetView>;

export class AssetDto extends createZodDto(assetView) {}

export class AssetListDto extends createZodDto(
  z.object({ now: epochMs.describe('Server clock: ages are counted from it'), assets: list(assetView) }),
) {}

export class AssetQueryDto extends createZodDto(
  z.object({
    kind: kind.optional(),
    availability: status.optional(),
    q: z.string().max(200).optional().describe('Words of the kind (English or French), the name, number or serial'),
    section: z.string().optional().describe('Id of the section the asset is in'),
  }),
) {}

export const shortText = z.string().trim().min(1).max(200);
/** Tags one asset may wear. */
export const mostTags = 4;
export const notesText = z.string().trim().min(1).max(2_000);
const oneWayToSayTags = ({ tagId, tagIds }: { tagId?: unknown; tagIds?: unknown }): boolean =>
  tagId === undefined || tagIds === undefined;
const writable = z.object({
  name: shortText,
  kind,
  number: shortText.nullable(),
  serial: shortText.nullable(),
  tagId: shortText.nullable().describe('The same as tagIds with one tag, or with none'),
  tagIds: z.array(shortText).max(mostTags).describe('The first tells where it is while it is heard'),
  ownerSectionId: shortText.nullable(),
  homeUnitId: shortText.nullable(),
  notes: notesText.nullable(),
});

/** An id is part of addresses: letters, digits and a few signs. */
export const assetId = z.string().regex(/^[\w.:-]{1,100}$/, 'must be 1 to 100 letters, digits or . : _ -');

export class NewAssetDto extends createZodDto(
  writable
    .partial()
    .required({ name: true, kind: true })
    .extend({ id: assetId.optional() })
    .strict()
    .refine(oneWayToSayTags, 'give tagId or tagIds, not both'),
) {}

export class AssetChangeDto extends createZodDto(
  writable.partial().strict().refine(oneWayToSayTags, 'give tagId or tagIds, not both'),
) {}

export class AssetParamDto extends createZodDto(z.object({ id: z.string().min(1).max(100) })) {}

const instant = z.union([z.coerce.number().int(), z.iso.datetime({ offset: true }).transform((at) => Date.parse(at))]);

export class PeriodQueryDto extends createZodDto(
  z.object({
    from: instant.optional().describe('Epoch milliseconds or ISO 8601; an hour before `to` unless given'),
    to: instant.optional().describe('Epoch milliseconds or ISO 8601; now unless given'),
  }),
) {}

export class TrailDto extends createZodDto(
  z.object({
    from: epochMs,
    to: epochMs,
    truncated: z.boolean().describe('There is more: only the newest are here'),
    fixes: list(
      z.object({
        at: epochMs,
        levelId: z.string(),
        x: metres,
        y: metres,
        radius50: metres,
        radius90: metres,
        unitId: z.string().nullable(),
        zoneProbability: z.number(),
      }),
    ).describe('Oldest first'),
  }),
) {}

export class StaysDto extends createZodDto(
  z.object({
    from: epochMs,
    to: epochMs,
    truncated: z.boolean(),
    stays: list(
      z.object({
        unitId: z.string(),
        levelId: z.string(),
        sectionId: z.string().nullable(),
        enteredAt: epochMs,
        leftAt: epochMs.nullable(),
      }),
    ).describe('Newest first'),
  }),
) {}

export class KindListDto extends createZodDto(
  z.object({
    kinds: list(
      z.object({
        id: z.string(),
        name: z.object({ en: z.string(), fr: z.string() }),
        synonyms: z.object({ en: list(z.string()), fr: list(z.string()) }),
        icon: z.string(),
      }),
    ),
  }),
) {}
