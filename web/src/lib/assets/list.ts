import type { AssetView, AvailabilityStatus } from '../../../../src/live/protocol';

export interface ListFilter {
  readonly levelId: string | null;
  readonly status: AvailabilityStatus | null;
}

export const passes = (asset: AssetView, filter: ListFilter): boolean =>
  (filter.levelId === null || asset.place?.levelId === filter.levelId) &&
  (filter.status === null || asset.availability.status === filter.status);

/** Made once: comparing by `localeCompare` makes one for each pair, a third of a second for thousands. */
const words = new Intl.Collator(undefined, { numeric: true });

/** By kind, then name: things that do not change while somebody reads, so rows stay where they are. */
export function inReadingOrder(assets: readonly AssetView[], kindName: (kind: string) => string): AssetView[] {
  const byKind = new Map<string, AssetView[]>();
  for (const asset of assets) {
    const kind = kindName(asset.kind);
    const same = byKind.get(kind);
    if (same === undefined) byKind.set(kind, [asset]);
    else same.push(asset);
  }
  const kinds = [...byKind].sort(([a], [b]) => words.compare(a, b));
  return kinds.flatMap(([, same]) => same.sort((a, b) => words.compare(a.name, b.name)));
}

/**
 * What the list shows when its content changes under a finger: nothing moves. Rows that went stay until the hand is
 * off, new ones wait. At rest the new order is taken.
 */
export function steadyOrder(shown: readonly string[], wanted: readonly string[], touched: boolean): readonly string[] {
  if (!touched || shown.length === 0) return same(shown, wanted) ? shown : wanted;
  return shown;
}

/** How far the list must scroll so that the row on top stays on top; rows are of equal height. */
export function scrollShift(
  before: readonly string[],
  after: readonly string[],
  firstRow: number,
  rowHeight: number,
): number {
  for (let row = firstRow; row < before.length; row++) {
    const id = before[row];
    const now = id === undefined ? -1 : after.indexOf(id);
    if (now >= 0) return (now - row) * rowHeight;
  }
  return 0;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);

/** Of one kind: those plainly free, those that are so only probably, and all. */
export interface FreeCount {
  readonly free: number;
  readonly probably: number;
  readonly all: number;
}

export const noneFree: FreeCount = { free: 0, probably: 0, all: 0 };

export function countFree(assets: Iterable<AssetView>): Map<string, FreeCount> {
  const counts = new Map<string, FreeCount>();
  for (const { kind, availability } of assets) {
    const { free, probably, all } = counts.get(kind) ?? noneFree;
    const isFree = availability.status === 'free';
    const isProbable = isFree && availability.probable === true;
    counts.set(kind, {
      free: free + (isFree && !isProbable ? 1 : 0),
      probably: probably + (isProbable ? 1 : 0),
      all: all + 1,
    });
  }
  return counts;
}

/** Counts an asset once for each key it has. */
export function countBy(assets: Iterable<AssetView>, key: (asset: AssetView) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const asset of assets) {
    const k = key(asset);
    if (k !== null) counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  return counts;
}
