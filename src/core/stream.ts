import type { TagId } from './ids';
import type { Reading } from './reading';

/**
 * What lies in the streams between modules. One entry of `sightings:{shard}` is what some gateway messages held for
 * that shard; one entry of `moves:{shard}` is some moves. Entries have one field, `b`, holding the bytes made in
 * `packed/`, or JSON where they are few.
 */
export const streamField = 'b';

/** Readings of some gateway messages for one shard ↔ one entry of `readings:{shard}`. */
export const packReadings = (readings: readonly Reading[]): string => JSON.stringify(readings);
export const unpackReadings = (entry: string): Reading[] => JSON.parse(entry) as Reading[];

/** Shard of a tag: FNV-1a of its id. Fixed for an installation. */
export function shardOf(tagId: TagId, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < tagId.length; i++) {
    hash ^= tagId.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % shards;
}
