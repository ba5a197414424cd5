import type { AssetView } from '../../../../src/live/protocol';

/** What one asks around. */
export interface Around {
  readonly levelId: string;
  readonly unitId: string | null;
  readonly sectionId: string | null;
  /** Metres of the level; null while its plan is not here. */
  readonly at: readonly [x: number, y: number] | null;
}

/** Metres that a room, a department and a level count for while the plan is not here to measure on. */
const otherRoom = 10;
const otherSection = 40;
const otherLevel = 120;

/** Nearest first; those never seen last. A guess for the list: how far one walks is the server's to say. */
export function byNearness(assets: readonly AssetView[], around: Around): AssetView[] {
  return assets
    .map((asset) => ({ asset, metres: metresFrom(asset, around) }))
    .sort((a, b) => a.metres - b.metres)
    .map(({ asset }) => asset);
}

function metresFrom({ place }: AssetView, { levelId, unitId, sectionId, at }: Around): number {
  if (place === null) return Infinity;
  if (place.levelId !== levelId) return otherLevel + (place.silent ? 1 : 0);
  if (unitId !== null && place.unitId === unitId) return 0;
  if (at !== null) return 1 + Math.hypot(place.x - at[0], place.y - at[1]);
  return sectionId !== null && place.sectionId === sectionId ? otherRoom : otherSection;
}
