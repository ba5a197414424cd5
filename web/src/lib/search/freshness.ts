/** What a search index was made of, and when. `structure` counts changes that words may have come of. */
export interface Indexed {
  readonly kinds: number;
  readonly assets: number;
  readonly structure: number;
  /** ms */
  readonly at: number;
}

const reindexMs = 5_000;

/**
 * Whether the index is to be made anew: at once when kinds or assets came or went (the page had only begun to load),
 * otherwise when something changed and the index is some seconds old.
 */
export function isStale(indexed: Indexed | null, now: Indexed): boolean {
  if (indexed === null || indexed.kinds !== now.kinds || indexed.assets !== now.assets) return true;
  return indexed.structure !== now.structure && now.at - indexed.at > reindexMs;
}
