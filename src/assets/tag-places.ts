import type { TagId } from '../core';
import type { Place } from './places';

type PlaceOf = (tagId: TagId) => Place | undefined;

/** Metres beyond both circles of error before two tags are said to be apart: equipment has a size. */
const allowance = 3;

/** The tag that speaks for its asset: the first that is heard; when none is, the one last seen; else the first. */
export function speaker(tagIds: readonly TagId[], placeOf: PlaceOf): TagId | null {
  // Nearly all have one, and a search asks thousands.
  if (tagIds.length <= 1) return tagIds[0] ?? null;
  const heard = tagIds.find((tagId) => placeOf(tagId)?.silent === false);
  if (heard !== undefined) return heard;
  const seenAt = (tagId: TagId): number => placeOf(tagId)?.at ?? -Infinity;
  return tagIds.reduce<TagId | null>(
    (best, tagId) => (best === null || seenAt(tagId) > seenAt(best) ? tagId : best),
    null,
  );
}

/** Whether two of the tags rest, heard, in places that cannot both be the asset's: one has come off. */
export function areApart(tagIds: readonly TagId[], placeOf: PlaceOf): boolean {
  if (tagIds.length < 2) return false;
  const resting = tagIds.flatMap((tagId) => placeOf(tagId) ?? []).filter((p) => !p.silent && p.restingSince !== null);
  return resting.some((one, i) =>
    resting
      .slice(i + 1)
      .some(
        (other) =>
          one.levelId !== other.levelId ||
          Math.hypot(one.x - other.x, one.y - other.y) > one.radius90 + other.radius90 + allowance,
      ),
  );
}
