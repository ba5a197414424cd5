import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Site, sectionId, tagId, unitId } from '../core';
import type { NewAsset } from './asset';
import { assetId, mostTags, notesText } from './asset.dto';
import { kindById } from './kinds';

const fileName = 'assets.json';
const text = z.string().trim().min(1).max(200);

const row = z.object({
  id: assetId,
  name: text,
  kind: z.string().refine((kind) => kindById.has(kind), { error: ({ input }) => `unknown kind ${String(input)}` }),
  number: text.nullish(),
  serial: text.nullish(),
  tagId: text.nullish(),
  tagIds: z.array(text).max(mostTags).nullish(),
  ownerSectionId: text.nullish(),
  homeUnitId: text.nullish(),
  notes: notesText.nullish(),
});

export interface AssetFile {
  readonly assets: readonly NewAsset[];
  /** What was refused: file, row and reason in one sentence each. */
  readonly refused: readonly string[];
}

/** Reads `assets.json` of a site directory. Rows that are wrong are refused one by one; no file is no assets. */
export async function readAssetFile(dir: string, site: Site): Promise<AssetFile> {
  let file: string;
  try {
    file = await readFile(join(dir, fileName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { assets: [], refused: [] };
    throw error;
  }
  return readAssetRows(file, site);
}

export function readAssetRows(file: string, site: Site): AssetFile {
  let rows: unknown;
  try {
    rows = JSON.parse(file);
  } catch (error) {
    return { assets: [], refused: [`${fileName}: not JSON: ${String(error)}`] };
  }
  if (!Array.isArray(rows)) return { assets: [], refused: [`${fileName}: must be a list of assets`] };
  const assets: NewAsset[] = [];
  const refused: string[] = [];
  const seen = new Map<string, number>();
  rows.forEach((raw: unknown, i) => {
    const parsed = row.safeParse(raw);
    const faults = parsed.success
      ? faultsOf(parsed.data, site, seen)
      : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    if (faults.length > 0 || !parsed.success) {
      refused.push(`${fileName}, row ${i + 1}${nameOf(raw)}: ${faults.join('; ')}`);
      return;
    }
    const asset = toAsset(parsed.data);
    keysOf(asset).forEach((key) => seen.set(key, i + 1));
    assets.push(asset);
  });
  return { assets, refused };
}

function faultsOf(raw: z.output<typeof row>, site: Site, seen: ReadonlyMap<string, number>): string[] {
  const asset = toAsset(raw);
  const faults = keysOf(asset).flatMap((key) => {
    const other = seen.get(key);
    return other === undefined ? [] : [`${key} is that of row ${other}`];
  });
  const { ownerSectionId, homeUnitId } = asset;
  if (ownerSectionId !== null && !site.sectionById.has(sectionId(ownerSectionId))) {
    faults.push(`unknown section ${ownerSectionId}`);
  }
  if (homeUnitId !== null && !site.unitById.has(unitId(homeUnitId))) faults.push(`unknown unit ${homeUnitId}`);
  return faults;
}

const keysOf = ({ id, tagIds }: NewAsset): string[] => [`id ${id}`, ...tagIds.map((tagId) => `tag ${tagId}`)];

function nameOf(raw: unknown): string {
  const id: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'id') : undefined;
  return typeof id === 'string' ? ` (${id})` : '';
}

function toAsset(raw: z.output<typeof row>): NewAsset {
  return {
    id: raw.id,
    name: raw.name,
    kind: raw.kind,
    number: raw.number ?? null,
    serial: raw.serial ?? null,
    tagIds: [...new Set([...(raw.tagId == null ? [] : [raw.tagId]), ...(raw.tagIds ?? [])].map(tagId))],
    ownerSectionId: raw.ownerSectionId ?? null,
    homeUnitId: raw.homeUnitId ?? null,
    notes: raw.notes ?? null,
  };
}
