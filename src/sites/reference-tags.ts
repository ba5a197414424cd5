import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type LevelId, levelId, type Site, type TagId, tagId } from '../core';

/** A fixed tag whose place is known. Metres; `z` above the floor. */
export interface ReferenceTag {
  readonly tagId: TagId;
  readonly levelId: LevelId;
  readonly x: number;
  readonly y: number;
  readonly z?: number | undefined;
}

const file = 'reference-tags.ndjson';
const schema = z.array(
  z.object({
    tagId: z.string().min(1),
    levelId: z.string().min(1),
    x: z.number(),
    y: z.number(),
    z: z.number().optional(),
  }),
);

/** The reference tags of a site; none when it has no such file. @throws Error in one sentence that names the fault */
export async function readReferenceTags(siteDir: string, site: Site): Promise<ReferenceTag[]> {
  const path = join(siteDir, file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return [];
  const parsed = schema.safeParse(parseLines(text, path));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.map((tag) => {
    const level = levelId(tag.levelId);
    if (!site.levelById.has(level))
      throw new Error(`${path}: tag ${tag.tagId} is on ${tag.levelId}, which the site has not.`);
    return { tagId: tagId(tag.tagId), levelId: level, x: tag.x, y: tag.y, z: tag.z };
  });
}

function parseLines(text: string, path: string): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(`${path}, row ${i + 1} is not JSON.`);
    }
  });
}
