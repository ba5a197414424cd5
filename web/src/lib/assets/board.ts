import type { AssetView, AvailabilityStatus } from '../../../../src/live/protocol';
import { countFree } from './list';

export type Counts = Readonly<Record<AvailabilityStatus, number>>;

/** One kind of equipment on a department's board. */
export interface BoardKind {
  readonly kind: string;
  /** What stands in the department now, by availability. */
  readonly here: Counts;
  /** Of those free, how many are so only probably. */
  readonly probablyFree: number;
  readonly total: number;
  /** Rooms with free ones, fullest first. */
  readonly freeIn: readonly { readonly unitId: string; readonly count: number }[];
}

export interface Board {
  readonly kinds: readonly BoardKind[];
  /** Owned by the department but elsewhere, or gone silent. */
  readonly away: readonly AssetView[];
  /** In the department, broken or to be cleaned. */
  readonly toDo: readonly AssetView[];
}

const none: Counts = { free: 0, 'in-use': 0, 'needs-cleaning': 0, 'out-of-service': 0, unknown: 0 };

/** A department at a glance. Kinds it has most of come first, so tiles keep their places through a day. */
export function boardOf(section: string, assets: readonly AssetView[]): Board {
  const here = assets.filter(({ place }) => place?.sectionId === section && !place.silent);
  const byKind = new Map<string, AssetView[]>();
  for (const asset of assets) {
    const belongs = asset.ownerSectionId === section || (asset.place?.sectionId === section && !asset.place.silent);
    if (belongs && !byKind.has(asset.kind)) byKind.set(asset.kind, []);
  }
  for (const asset of here) byKind.get(asset.kind)?.push(asset);
  const kinds = Array.from(byKind, ([kind, items]) => ({
    kind,
    here: countStatuses(items),
    probablyFree: countFree(items).get(kind)?.probably ?? 0,
    total: items.length,
    freeIn: roomsOf(items.filter(({ availability }) => availability.status === 'free')),
  }));
  return {
    kinds: kinds.toSorted((a, b) => b.total - a.total || a.kind.localeCompare(b.kind)),
    away: assets.filter((asset) => asset.ownerSectionId === section && isAway(asset, section)),
    toDo: here.filter(({ availability }) => ['needs-cleaning', 'out-of-service'].includes(availability.status)),
  };
}

const isAway = ({ place }: AssetView, section: string): boolean =>
  place === null || place.silent || place.sectionId !== section;

function countStatuses(assets: readonly AssetView[]): Counts {
  const counts = { ...none };
  for (const { availability } of assets) counts[availability.status] += 1;
  return counts;
}

function roomsOf(assets: readonly AssetView[]): BoardKind['freeIn'] {
  const counts = new Map<string, number>();
  for (const { place } of assets) {
    if (place?.unitId != null) counts.set(place.unitId, (counts.get(place.unitId) ?? 0) + 1);
  }
  return Array.from(counts, ([unitId, count]) => ({ unitId, count })).toSorted(
    (a, b) => b.count - a.count || a.unitId.localeCompare(b.unitId),
  );
}
