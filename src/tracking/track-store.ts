import { join } from 'node:path';
import { packMove, type TagId, type Track, trackVersion } from '../core';
import { entryIdAfter, streamStart } from '../redis/read-streams';
import type { RedisConnections } from '../redis/redis.module';
import { Script } from '../redis/script';
import type { Outcome } from './advance-shard';

const commit = new Script(join(__dirname, 'lua', 'commit-6.lua'));

/** Moves younger than this stay in their stream for readers that come late, whatever history has recorded. */
const movesStayMs = 60_000;

/** One shard while a worker holds it: its tracks and where its worker is in the stream of sightings. */
export interface HeldShard {
  readonly shard: number;
  readonly token: string;
  /** Tag → track: what Redis holds. Tags leave it when they fall silent, all at once when the shard is lost. */
  readonly tracks: Map<TagId, Track>;
  /** Tags whose stored track is no track: to be deleted. */
  readonly unreadable: readonly TagId[];
  /** Last sighting entry consumed. */
  cursor: string;
  commits: number;
  /** When the shard was taken, epoch ms: before that, nobody may have listened. */
  readonly since: number;
}

/** Reads and writes the state of shards. Writing takes the lease's token: without it nothing is changed. */
export class TrackStore {
  constructor(
    private readonly redis: RedisConnections,
    private readonly movesKept: number,
  ) {}

  async load(shard: number, token: string): Promise<HeldShard> {
    const keys = this.redis.keys.shard(shard);
    const [stored, cursor] = await Promise.all([
      this.redis.commands.hgetall(keys.tracks),
      this.redis.commands.hget(keys.cursor, 'entry'),
    ]);
    const held = { shard, token, cursor: cursor ?? streamStart, commits: 0, since: Date.now() };
    return { ...held, ...readTracks(stored) };
  }

  /**
   * Writes an outcome and how far it reaches, all or nothing, then takes it into `held`.
   * @param consumed last sighting entry the outcome came from; null when it came from none
   * @returns false when another worker holds the shard: nothing was written, and `held` is not to be used any more
   */
  async commit(held: HeldShard, outcome: Outcome, consumed: string | null): Promise<boolean> {
    const keys = this.redis.keys.shard(held.shard);
    held.commits += 1;
    const answer = await commit.run(
      this.redis.commands,
      [keys.lease, keys.tracks, keys.moves, keys.cursor, keys.sightings, keys.recorded],
      [
        held.token,
        `${held.token}:${held.commits}`,
        consumed ?? '',
        consumed === null ? '' : entryIdAfter(consumed),
        this.movesKept,
        `${Date.now() - movesStayMs}-0`,
        outcome.changed.size,
        ...[...outcome.changed].flatMap(([tagId, track]) => [tagId, JSON.stringify(track)]),
        outcome.ended.size,
        ...outcome.ended,
        outcome.moves.length,
        ...outcome.moves.map(packMove),
      ],
    );
    if (answer !== 'done') return false;
    for (const [tagId, track] of outcome.changed) held.tracks.set(tagId, track);
    for (const tagId of outcome.ended) held.tracks.delete(tagId);
    held.cursor = consumed ?? held.cursor;
    return true;
  }
}

function readTracks(stored: Readonly<Record<string, string>>): Pick<HeldShard, 'tracks' | 'unreadable'> {
  const tracks = new Map<TagId, Track>();
  const unreadable: TagId[] = [];
  for (const [tagId, text] of Object.entries(stored)) {
    const track = readTrack(text);
    if (track === null) unreadable.push(tagId as TagId);
    else tracks.set(tagId as TagId, track);
  }
  return { tracks, unreadable };
}

function readTrack(text: string): Track | null {
  try {
    const track: unknown = JSON.parse(text);
    return isTrack(track) ? track : null;
  } catch {
    // Reported by whoever holds the shard, which deletes it.
    return null;
  }
}

/** Written by this version of the engine: enough to tell a track from a torn, foreign or outdated value. */
const isTrack = (value: unknown): value is Track =>
  typeof value === 'object' && value !== null && 'version' in value && value.version === trackVersion;
