import type { GatewayId, TagId } from './ids';
import type { Move } from './move';
import type { Reading } from './reading';
import type { Sighting } from './sighting';

/**
 * What lies in the streams between modules. One entry of `sightings:{shard}` is what some gateway messages held for
 * that shard; one entry of `moves:{shard}` is some moves. Entries have one field, `b`, holding the text made here.
 */
export const streamField = 'b';

/** Sightings of one gateway message for one shard → part of a stream entry. All must share gateway and receivedAt. */
export function packSightings(sightings: readonly Sighting[]): string {
  const first = sightings[0];
  if (first === undefined) throw new RangeError('Unexpected empty batch of sightings');
  const packed: (string | number)[] = [first.gatewayId, first.receivedAt];
  for (const s of sightings) packed.push(s.tagId, s.rssi, s.heardAt);
  return JSON.stringify(packed);
}

/** What `packSightings` made of several messages, in their order → one stream entry. */
export const joinPacked = (parts: readonly string[]): string => `[${parts.join(',')}]`;

/** Stream entry → sightings, in the order they were packed. Throws on an entry that is none. */
export function unpackSightings(entry: string): Sighting[] {
  const messages: unknown = JSON.parse(entry);
  if (!isList(messages) || messages.length === 0) throw new TypeError('Unexpected sightings entry');
  const sightings: Sighting[] = [];
  for (const message of messages) unpackMessage(message, sightings);
  return sightings;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function unpackMessage(packed: unknown, sightings: Sighting[]): void {
  if (!isList(packed)) throw new TypeError('Unexpected sightings entry');
  const [gateway, receivedAt] = packed;
  if (typeof gateway !== 'string' || typeof receivedAt !== 'number' || packed.length % 3 !== 2) {
    throw new TypeError('Unexpected sightings entry');
  }
  for (let i = 2; i < packed.length; i += 3) {
    const [tag, rssi, heardAt] = [packed[i], packed[i + 1], packed[i + 2]];
    if (typeof tag !== 'string' || typeof rssi !== 'number' || typeof heardAt !== 'number') {
      throw new TypeError(`Unexpected sighting at ${i} of a sightings entry`);
    }
    sightings.push({ tagId: tag as TagId, gatewayId: gateway as GatewayId, rssi, heardAt, receivedAt });
  }
}

/** Readings of one gateway message for one shard → part of an entry of `readings:{shard}`, and the entry read. */
export const packReadings = (readings: readonly Reading[]): string => JSON.stringify(readings);
export const unpackReadings = (entry: string): Reading[] => (JSON.parse(entry) as Reading[][]).flat();

/** Moves of one shard in their order ↔ one entry of `moves:{shard}`. */
export const packMoves = (moves: readonly Move[]): string => JSON.stringify(moves);
export const unpackMoves = (entry: string): Move[] => JSON.parse(entry) as Move[];

/** Shard of a tag: FNV-1a of its id. Fixed for an installation. */
export function shardOf(tagId: TagId, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < tagId.length; i++) {
    hash ^= tagId.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % shards;
}
