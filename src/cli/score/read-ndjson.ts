import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import {
  gatewayId,
  levelId,
  maxRssi,
  minRssi,
  type ReferenceTag,
  type Sighting,
  type SurveyPoint,
  tagId,
} from '../../core';

/** What a command was given cannot be used; the message is one sentence for the person who typed it. */
export class BadInputError extends Error {
  override name = 'BadInputError';
}

const epochMs = z.number().int().min(0);
const metres = z.number().min(-100_000).max(100_000);

const sightingSchema = z.object({
  gatewayId: z.string().min(1),
  tagId: z.string().min(1),
  rssi: z.number().min(minRssi).max(maxRssi),
  heardAt: epochMs,
});

const surveySchema = z.object({
  pointId: z.string().min(1),
  levelId: z.string().min(1),
  x: metres,
  y: metres,
  heard: z.array(
    z.object({
      gatewayId: z.string().min(1),
      rssi: z.number().min(minRssi).max(maxRssi),
      sd: z.number().min(0).optional(),
      count: z.number().int().min(1).optional(),
    }),
  ),
});

const truthSchema = z
  .object({
    tagId: z.string().min(1),
    at: epochMs,
    levelId: z.string().min(1),
    x: metres.optional(),
    y: metres.optional(),
    zoneId: z.string().nullish(),
  })
  .refine((truth) => (truth.x === undefined) === (truth.y === undefined), 'x and y go together')
  .refine((truth) => truth.x !== undefined || truth.zoneId !== undefined, 'needs x and y, or zoneId');

/** Where a tag truly was at an instant. */
export type Truth = z.output<typeof truthSchema>;

/** Reads a sightings file; what it does not say, `receivedAt`, is taken to be `heardAt`. In order of time. */
export async function readSightings(path: string): Promise<Sighting[]> {
  const rows = await readRows(path, sightingSchema);
  const sightings = rows.map(({ row }): Sighting => {
    const { rssi, heardAt } = row;
    return { tagId: tagId(row.tagId), gatewayId: gatewayId(row.gatewayId), rssi, heardAt, receivedAt: heardAt };
  });
  return sightings.sort((a, b) => a.heardAt - b.heardAt);
}

/** Reads a survey. @throws BadInputError for a point on a level the site has not. */
export async function readSurvey(path: string, levels: ReadonlySet<string>): Promise<SurveyPoint[]> {
  const rows = await readRows(path, surveySchema);
  return rows.map(({ row, line }): SurveyPoint => {
    checkLevel(row.levelId, levels, path, line);
    return { ...row, heard: row.heard.map((own) => ({ ...own, gatewayId: gatewayId(own.gatewayId) })) };
  });
}

const referenceSchema = z.object({
  tagId: z.string().min(1),
  levelId: z.string().min(1),
  x: metres,
  y: metres,
  z: z.number().min(-5).max(50).optional(),
});

/** Reads where reference tags are fixed. @throws BadInputError for a level the site has not. */
export async function readReferenceTags(path: string, levels: ReadonlySet<string>): Promise<ReferenceTag[]> {
  const rows = await readRows(path, referenceSchema);
  return rows.map(({ row, line }): ReferenceTag => {
    checkLevel(row.levelId, levels, path, line);
    return row;
  });
}

/** Reads a truth file, in order of time. @throws BadInputError for a level the site has not. */
export async function readTruth(path: string, levels: ReadonlySet<string>): Promise<Truth[]> {
  const rows = await readRows(path, truthSchema);
  const truths = rows.map(({ row, line }): Truth => {
    checkLevel(row.levelId, levels, path, line);
    return { ...row, tagId: tagId(row.tagId), levelId: levelId(row.levelId) };
  });
  return truths.sort((a, b) => a.at - b.at);
}

function checkLevel(id: string, levels: ReadonlySet<string>, path: string, line: number): void {
  if (!levels.has(id)) throw new BadInputError(`${path}, line ${line}: the site has no level ${id}.`);
}

/** Rows of an NDJSON file with their line numbers. @throws BadInputError naming file, line and field */
export async function readRows<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<{ row: z.output<S>; line: number }[]> {
  const rows: { row: z.output<S>; line: number }[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
      line++;
      if (text.trim() !== '') rows.push({ row: parseRow(text, schema, `${path}, line ${line}`), line });
    }
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    throw new BadInputError(`Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (rows.length === 0) throw new BadInputError(`${path} holds no rows.`);
  return rows;
}

function parseRow<S extends z.ZodType>(text: string, schema: S, place: string): z.output<S> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadInputError(`${place}: not JSON.`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new BadInputError(`${place}: ${field}${issue?.message ?? 'not as expected'}.`);
}
