import { dice, uniqueHex, type Dice } from '../dice';
import type { DrawnLevel, DrawnUnit } from '../drawn';
import { fourBeds, twoBeds } from '../clinical-furniture';
import { KINDS, type Home, type Kind } from './kinds';

interface PlacedAsset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly number: string;
  readonly serial: string;
  readonly tagId: string;
  readonly ownerSectionId: string;
  readonly homeUnitId: string;
}

type OwnedUnit = DrawnUnit & { readonly sectionId: string };

const isOwned = (unit: DrawnUnit): unit is OwnedUnit => unit.sectionId !== null;

const SEED = 41;
/** Two batches of tags: one programmed with addresses in a row, one with the maker's own. */
const TAG_PREFIXES = ['c30000', 'ac233f'] as const;

export function placeAssets(levels: readonly DrawnLevel[]): readonly PlacedAsset[] {
  const roll = dice(SEED);
  const used = new Set<string>();
  const units = levels.flatMap((level) => level.units).filter(isOwned);
  return KINDS.flatMap((kind) =>
    kind.homes.flatMap((home) => unitsOf(home, units)).map((unit, i) => assetOf(kind, i + 1, unit, { roll, used })),
  );
}

/** The rooms of a home taken in turn, one bed's worth at a time, until its count is met. */
function unitsOf({ count, spaceTypes, sections }: Home, units: readonly OwnedUnit[]): readonly OwnedUnit[] {
  const rooms = units
    .filter(({ spaceType, sectionId }) => spaceTypes.includes(spaceType) && isAmong(sectionId, sections))
    .flatMap((unit) => Array.from({ length: spaceTypes.includes('patient-room') ? bedsIn(unit) : 1 }, () => unit));
  if (rooms.length === 0) throw new Error(`No ${spaceTypes.join(' or ')} in ${sections?.join(', ') ?? 'the house'}`);
  return Array.from({ length: count }, (_, i) => rooms[i % rooms.length]).filter((unit) => unit !== undefined);
}

const isAmong = (sectionId: string, sections: readonly string[] | undefined): boolean =>
  sections?.includes(sectionId) ?? true;

function bedsIn({ furniture }: DrawnUnit): number {
  if (furniture === fourBeds) return 4;
  return furniture === twoBeds ? 2 : 1;
}

function assetOf(kind: Kind, index: number, unit: OwnedUnit, drawn: { roll: Dice; used: Set<string> }): PlacedAsset {
  const serial = `${kind.serial}${String(20100 + Math.floor(drawn.roll() * 5000))}-${String(index).padStart(3, '0')}`;
  const prefix = drawn.roll() < 0.7 ? TAG_PREFIXES[0] : TAG_PREFIXES[1];
  return {
    id: `${kind.id}-${String(index).padStart(3, '0')}`,
    name: `${kind.name} ${String(index).padStart(3, '0')}`,
    kind: kind.id,
    number: `${kind.code}-${String(index).padStart(4, '0')}`,
    serial,
    tagId: prefix + uniqueHex(drawn.roll, 6, drawn.used),
    ownerSectionId: unit.sectionId,
    homeUnitId: unit.id,
  };
}
