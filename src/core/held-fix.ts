import type { Fix } from './fix';
import type { LevelId, SectionId, TagId, UnitId } from './ids';

/**
 * A fix as a track holds it, for as long as its tag is heard. Thousands of tags have one: whole centimetres and
 * thousandths take no memory of their own where fractions would, and one list of units and their shares takes a quarter
 * of a list of pairs. Nothing is lost: fixes are rounded so when they are made.
 */
export interface HeldFix {
  readonly at: number;
  readonly levelId: LevelId;
  readonly xCm: number;
  readonly yCm: number;
  readonly radius50Cm: number;
  readonly radius90Cm: number;
  readonly zoneId: UnitId | null;
  readonly sectionId: SectionId | null;
  /** Probability of the zone or section, thousandths. */
  readonly permille: number;
  /** The likeliest units, each followed by its probability in thousandths. */
  readonly shares: readonly (UnitId | number)[];
  readonly moving: boolean;
}

export function holdFix(fix: Fix): HeldFix {
  const { at, levelId, x, y, radius50, radius90, zoneId, sectionId, zoneProbability, zones, moving } = fix;
  return {
    at,
    levelId,
    xCm: Math.round(x * 100),
    yCm: Math.round(y * 100),
    radius50Cm: Math.round(radius50 * 100),
    radius90Cm: Math.round(radius90 * 100),
    zoneId,
    sectionId,
    permille: Math.round(zoneProbability * 1000),
    shares: sharesOf(zones),
    moving,
  };
}

function sharesOf(zones: Fix['zones']): (UnitId | number)[] {
  const shares = new Array<UnitId | number>(2 * zones.length);
  for (let i = 0; i < zones.length; i++) {
    const zone = zones[i];
    if (zone === undefined) continue;
    shares[2 * i] = zone[0];
    shares[2 * i + 1] = Math.round(zone[1] * 1000);
  }
  return shares;
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
