import { join } from 'node:path';
import {
  type Fix,
  type Move,
  packMoves,
  packTrack,
  type SiteModel,
  type TagId,
  type Track,
  unpackTrack,
} from '../core';
import { compareEntryIds, entryIdAfter, entriesBetween, type StreamEntry, streamStart } from '../redis/read-streams';
import type { RedisConnections } from '../redis/redis.module';
import { dropped } from '../health/dropped';
import { Script } from '../redis/script';
import type { Outcome } from './advance-shard';
import { splitBehind, splitMoves } from './split-moves';
import { leaveOutRepeats } from './told-fixes';
import { movesAnnounced, movesRepeated } from './tracking-metrics';

const commit = new Script(join(__dirname, 'lua', 'commit-7.lua'));

/** Moves younger than this stay in their stream for readers that come late, whatever history has recorded. */
const movesStayMs = 60_000;
/** Positions are worth nothing once newer ones are there: each tag has one every few seconds. */
const positionsStayMs = 15_000;
const movesPerEntry = 64;
/** Sightings that have waited for so long are of a backlog, ms: nobody asks any more where a tag was in between. */
const behindMs = 5_000;

/** One shard while a worker holds it: its tracks and where its worker is in the stream of sightings. */
export interface HeldShard {
  readonly shard: number;
  readonly token: string;
  /** Tags leave it when they fall silent, all at once when the shard is lost. */
  readonly tracks: Map<TagId, Track>;
  /** The fix told last of each tag; tags leave it with their tracks. */
  readonly told: Map<TagId, Fix>;
  /** Tags whose track is newer here than in Redis. */
  readonly unsaved: Set<TagId>;
  /** Tags whose stored track is no track: to be deleted. */
  readonly unreadable: readonly TagId[];
  /** Last sighting entry whose moves are announced. */
  cursor: string;
  /** When the tracks were saved last, ms of `performance.now()`. */
  savedAt: number;
  commits: number;
  /** Moves in an entry, on average of late. */
  movesAnEntry: number;
  /** When the shard was taken, epoch ms: before that, nobody may have listened. */
  readonly since: number;
}

/** A shard as Redis has it. */
export interface StoredShard {
  readonly held: HeldShard;
  /** What was taken after the tracks were saved, its moves announced: to be taken again before anything else. */
  readonly again: AsyncIterable<readonly StreamEntry[]>;
}

/** Reads and writes the state of shards. Writing takes the lease's token: without it nothing is changed. */
export class TrackStore {
  constructor(
    private readonly redis: RedisConnections,
    private readonly movesKept: number,
    private readonly site: { readonly model: SiteModel },
  ) {}

  async load(shard: number, token: string): Promise<StoredShard> {
    const keys = this.redis.keys.shard(shard);
    const [stored, [entry, tracked]] = await Promise.all([
      this.redis.commands.hgetallBuffer(keys.tracks),
      this.redis.commands.hmget(keys.cursor, 'entry', 'tracked'),
    ]);
    const cursor = entry ?? streamStart;
    // Without it the tracks are of a version that saved them with every batch, or none were ever saved.
    const from = tracked ?? (Object.keys(stored).length > 0 ? cursor : streamStart);
    const held = {
      shard,
      token,
      cursor,
      // The first commit saves: from then on it is known how far the tracks reach.
      savedAt: -Infinity,
      commits: 0,
      movesAnEntry: 1,
      since: Date.now(),
      told: new Map<TagId, Fix>(),
      unsaved: new Set<TagId>(),
      ...readTracks(stored, this.site.model),
    };
    const isBehind = compareEntryIds(from, cursor) < 0;
    return { held, again: isBehind ? entriesBetween(this.redis.commands, keys.sightings, from, cursor) : nothing() };
  }

  /**
   * Writes the moves of an outcome and how far it reaches, all or nothing, then takes it into `held`. Tracks are saved
   * with it when `saves`; an outcome that ends tracks always saves.
   * @param consumed last sighting entry the outcome came from; null when it came from none
   * @returns false when another worker holds the shard: nothing was written, and `held` is not to be used any more
   */
  async commit(held: HeldShard, outcome: Outcome, consumed: string | null, saves: boolean): Promise<boolean> {
    const keys = this.redis.keys.shard(held.shard);
    held.commits += 1;
    const cursor = consumed ?? held.cursor;
    const isSaving = saves || outcome.ended.size > 0;
    const tracks = isSaving ? tracksToSave(held, outcome) : [];
    const split = isBehind(consumed) ? splitBehind(outcome.moves) : { ...splitMoves(outcome.moves), superseded: 0 };
    const moves = inEntries(split.news);
    const telling = leaveOutRepeats(split, held.told);
    const positions = inEntries(telling.positions);
    for (const { length } of moves) held.movesAnEntry += (length - held.movesAnEntry) / 100;
    const answer = await commit.run(
      this.redis.commands,
      [keys.lease, keys.tracks, keys.moves, keys.cursor, keys.sightings, keys.recorded, keys.positions],
      [
        held.token,
        `${held.token}:${held.commits}`,
        cursor,
        isSaving ? cursor : '',
        isSaving ? entryIdAfter(cursor) : '',
        Math.ceil(this.movesKept / held.movesAnEntry),
        `${Date.now() - movesStayMs}-0`,
        `${Date.now() - positionsStayMs}-0`,
        tracks.length / 2,
        ...tracks,
        outcome.ended.size,
        ...outcome.ended,
        positions.length,
        ...positions.map((some) => packMoves(some)),
        moves.length,
        ...moves.map((some) => packMoves(some)),
      ],
    );
    if (answer !== 'done') return false;
    movesAnnounced.inc(split.news.length + telling.positions.length);
    movesRepeated.inc(split.positions.length - telling.positions.length);
    if (split.superseded > 0) dropped.inc({ step: 'tracking', reason: 'superseded' }, split.superseded);
    for (const [tagId, fix] of telling.newest) held.told.set(tagId, fix);
    takeIn(held, outcome);
    held.cursor = cursor;
    if (isSaving) {
      held.unsaved.clear();
      held.savedAt = performance.now();
    }
    return true;
  }
}

const isBehind = (consumed: string | null): boolean =>
  consumed !== null && Date.now() - parseInt(consumed, 10) > behindMs;

/** What an outcome changes, in memory. */
export function takeIn({ tracks, told, unsaved }: HeldShard, { changed, ended }: Outcome): void {
  for (const [tagId, track] of changed) {
    tracks.set(tagId, track);
    unsaved.add(tagId);
  }
  for (const tagId of ended) {
    tracks.delete(tagId);
    told.delete(tagId);
    unsaved.delete(tagId);
  }
}

/** Tag id and track in turn. */
function tracksToSave(held: HeldShard, { changed, ended }: Outcome): (string | Buffer)[] {
  const saved: (string | Buffer)[] = [];
  const add = (tagId: TagId, track: Track | undefined): void => {
    if (track !== undefined) saved.push(tagId, packTrack(track));
  };
  for (const [tagId, track] of changed) add(tagId, track);
  for (const tagId of held.unsaved) if (!changed.has(tagId) && !ended.has(tagId)) add(tagId, held.tracks.get(tagId));
  return saved;
}

function inEntries(moves: readonly Move[]): (readonly Move[])[] {
  const entries: (readonly Move[])[] = [];
  for (let i = 0; i < moves.length; i += movesPerEntry) entries.push(moves.slice(i, i + movesPerEntry));
  return entries;
}

async function* nothing(): AsyncGenerator<readonly StreamEntry[]> {
  // The tracks reach as far as the moves.
}

/** A track that is torn, foreign or of another version is reported by whoever holds the shard, which deletes it. */
function readTracks(
  stored: Readonly<Record<string, Buffer>>,
  model: SiteModel,
): Pick<HeldShard, 'tracks' | 'unreadable'> {
  const tracks = new Map<TagId, Track>();
  const unreadable: TagId[] = [];
  for (const [id, bytes] of Object.entries(stored)) {
    const tagId = id as TagId;
    try {
      tracks.set(tagId, unpackTrack(bytes, model));
    } catch {
      unreadable.push(tagId);
    }
  }
  return { tracks, unreadable };
}
