import type { Fix, Move, TagId } from '../core';

/** Where a tag at rest is, is told again after this time, ms: that it is still heard is news then. */
const tellAgainMs = 10_000;
/** Of the radius that holds the truth five times in ten: a place less far from the one told is the same to anybody. */
const sameShare = 0.25;
/** A probability that changed by less says the same. */
const sameProbability = 0.05;

/** What is to be told, and the fix told last of each tag once it has been. */
export interface Telling {
  readonly positions: readonly Move[];
  readonly newest: ReadonlyMap<TagId, Fix>;
}

/**
 * Leaves out the positions of tags at rest that say what was told of them before: nobody sees a difference.
 * @param told the fix told last of each tag; left as it is, for what is not written is told again
 */
export function leaveOutRepeats(
  { news, positions }: { readonly news: readonly Move[]; readonly positions: readonly Move[] },
  told: ReadonlyMap<TagId, Fix>,
): Telling {
  const newest = new Map(news.map(({ tagId, fix }) => [tagId, fix]));
  const telling: Move[] = [];
  for (const move of positions) {
    const before = newest.get(move.tagId) ?? told.get(move.tagId);
    if (before !== undefined && saysTheSame(move.fix, before)) continue;
    newest.set(move.tagId, move.fix);
    telling.push(move);
  }
  return { positions: telling, newest };
}

const saysTheSame = (fix: Fix, told: Fix): boolean =>
  !fix.moving &&
  !told.moving &&
  fix.at - told.at < tellAgainMs &&
  fix.levelId === told.levelId &&
  fix.zoneId === told.zoneId &&
  fix.sectionId === told.sectionId &&
  Math.abs(fix.zoneProbability - told.zoneProbability) < sameProbability &&
  Math.abs(fix.radius50 - told.radius50) < sameShare * told.radius50 &&
  Math.hypot(fix.x - told.x, fix.y - told.y) < sameShare * told.radius50;
