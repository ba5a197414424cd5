import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Site, tagId, unitId } from '../../core';
import type { Piece } from './equipment';
import { dayOf } from './day';
import type { Random } from './random';

const assetsSchema = z.array(
  z.object({ id: z.string(), kind: z.string(), tagId: z.string().nullish(), homeUnitId: z.string().nullish() }),
);

/** The tagged equipment of a site's `assets.json`; none when the site has no such file. */
export async function readPieces(siteDir: string): Promise<Piece[]> {
  const text = await readFile(join(siteDir, 'assets.json'), 'utf8');
  return assetsSchema.parse(JSON.parse(text)).flatMap((asset) => {
    const { id, kind } = asset;
    const home = asset.homeUnitId ?? null;
    if (asset.tagId === undefined || asset.tagId === null) return [];
    return [{ id, kind, tagId: tagId(asset.tagId), homeUnitId: home === null ? null : unitId(home) }];
  });
}

/** `count` pieces: the first of those given, and made-up ones when more are wanted than there are. */
export function scalePieces(pieces: readonly Piece[], count: number, site: Site, random: Random): Piece[] {
  const kinds = pieces.length > 0 ? pieces.map(({ kind }) => kind) : Object.keys(dayOf);
  const homes = [...site.unitById.keys()];
  const scaled = pieces.slice(0, count);
  for (let i = scaled.length; i < count; i++) {
    const number = String(i).padStart(6, '0');
    const made = `c3ffff${i.toString(16).padStart(6, '0')}`;
    scaled.push({ id: `sim-${number}`, kind: random.pick(kinds), tagId: tagId(made), homeUnitId: random.pick(homes) });
  }
  return scaled;
}
