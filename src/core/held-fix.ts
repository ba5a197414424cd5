import type { Fix } from './fix';
import type { LevelId, SectionId, TagId, UnitId } from './ids';

/**
 * A fix as a track holds it, for as long as its tag is heard. Thousands of tags have one: whole centimetres and
 * thousandths take no memory of their own where fractions would, and one list of units and their shares takes a quarter
 * of a list of pairs. Nothing is lost: fixes are rounded so when they are made.
 */
export interface HeldFix {
  at: number;
  levelId: LevelId;
  xCm: number;
  yCm: number;
  radius50Cm: number;
  radius90Cm: number;
  zoneId: UnitId | null;
  sectionId: SectionId | null;
  /** Probability of the zone or section, thousandths. */
  permille: number;
  /** The likeliest units, each followed by its probability in thousandths. */
  shares: (UnitId | number)[];
  moving: boolean;
}

/** @param held one that is held no more, written over */
export function holdFix(fix: Fix, held: HeldFix | null = null): HeldFix {
  const out = held ?? emptyHeld(fix.levelId);
  out.at = fix.at;
  out.levelId = fix.levelId;
  out.xCm = Math.round(fix.x * 100);
  out.yCm = Math.round(fix.y * 100);
  out.radius50Cm = Math.round(fix.radius50 * 100);
  out.radius90Cm = Math.round(fix.radius90 * 100);
  out.zoneId = fix.zoneId;
  out.sectionId = fix.sectionId;
  out.permille = Math.round(fix.zoneProbability * 1000);
  out.moving = fix.moving;
  holdShares(fix.zones, out);
  return out;
}

const emptyHeld = (levelId: LevelId): HeldFix => ({
  at: 0,
  levelId,
  xCm: 0,
  yCm: 0,
  radius50Cm: 0,
  radius90Cm: 0,
  zoneId: null,
  sectionId: null,
  permille: 0,
  shares: [],
  moving: false,
});

function holdShares(zones: Fix['zones'], out: HeldFix): void {
  if (out.shares.length !== 2 * zones.length) out.shares = new Array<UnitId | number>(2 * zones.length);
  for (let i = 0; i < zones.length; i++) {
    const zone = zones[i];
    if (zone === undefined) continue;
    out.shares[2 * i] = zone[0];
    out.shares[2 * i + 1] = Math.round(zone[1] * 1000);
  }
}

/** The newest fix of a track. */
export const newestFix = ({ tagId, fix }: { readonly tagId: TagId; readonly fix: HeldFix | null }): Fix | null =>
  fix === null ? null : heldFix(tagId, fix);

/** The fix that was held. */
export function heldFix(tagId: TagId, held: HeldFix): Fix {
  const { at, levelId, zoneId, sectionId, permille, shares, moving } = held;
  const zones: (readonly [UnitId, number])[] = [];
  for (let i = 0; i < shares.length; i += 2) {
    const unit = shares[i];
    const share = shares[i + 1];
    if (typeof unit === 'string' && typeof share === 'number') zones.push([unit, share / 1000]);
  }
  return {
    ...{ tagId, at, levelId, x: held.xCm / 100, y: held.yCm / 100 },
    ...{ radius50: held.radius50Cm / 100, radius90: held.radius90Cm / 100 },
    ...{ zoneId, sectionId, zoneProbability: permille / 1000, zones, moving },
  };
}
