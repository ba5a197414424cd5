import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { type Fix, levelId, type Move, sectionId, type TagId, tagId, type Track, unitId, unpackMoves } from '../core';
import { Trail, type TrailFix } from '../history/trail';
import { afterTracks } from '../redis/after-tracks';
import type { StreamBatch } from '../redis/read-streams';
import { RedisConnections } from '../redis/redis.module';
import { StreamReader } from '../redis/stream-reader';
import { type Place, Places } from './places';
import { Registry } from './registry';

/** Least time between two looks at the streams, ms: availability is announced a few times a second. */
const gatherMs = 100;

/**
 * Keeps the places of tags as the streams of moves tell them. First it is noted how far the tracks reach, then they are
 * read, then the streams from there on: a move in between comes twice rather than never, and the newest wins.
 */
@Injectable()
export class PlaceReader {
  readonly #log = new Logger('Assets');
  readonly #listeners: ((tagIds: ReadonlySet<TagId>) => void)[] = [];
  #reader: StreamReader | null = null;

  constructor(
    private readonly redis: RedisConnections,
    private readonly places: Places,
    private readonly registry: Registry,
    private readonly trail: Trail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called with the tags of whose assets something can have changed but where exactly they are. */
  onMoved(listener: (tagIds: ReadonlySet<TagId>) => void): void {
    this.#listeners.push(listener);
  }

  async start(): Promise<void> {
    const { commands, keys } = this.redis;
    const shards = Array.from({ length: this.config.shards }, (_, shard) => keys.shard(shard));
    const positions = new Map<string, string>();
    for (const shard of shards) {
      for (const [stream, from] of await afterTracks(commands, shard)) positions.set(stream, from);
    }
    for (const { tracks } of shards) this.#readTracks(await commands.hvals(tracks));
    await this.#recall();
    this.registry.onChanged(({ freed }) => freed.forEach((tagId) => this.places.forget(tagId)));
    this.#reader = new StreamReader(this.redis, {
      name: 'Assets',
      positions,
      gatherMs,
      take: (batch) => this.#take(batch),
    });
    this.#reader.start();
  }

  async stop(): Promise<void> {
    await this.#reader?.stop();
  }

  /** Tags that are silent now have no track: where they were last seen is in history. */
  async #recall(): Promise<void> {
    const tags = [...this.registry.all()].flatMap(({ tagIds }) => tagIds);
    const unseen = tags.filter((tagId) => this.places.get(tagId) === undefined);
    for (const fix of await this.trail.lastFixes(unseen, 0)) this.places.putLastSeen(toFix(fix));
  }

  #readTracks(texts: readonly string[]): void {
    let unread = 0;
    for (const text of texts) {
      try {
        const { fix, presence, anchor } = JSON.parse(text) as Track;
        if (fix === null) continue;
        this.places.put({ fix, presence, restingSince: fix.moving ? null : (anchor?.since ?? null) });
      } catch {
        // Of another version of the engine: the next move tells.
        unread += 1;
      }
    }
    if (unread > 0) this.#log.warn(`${unread} tracks cannot be read: those tags are placed by their next move`);
  }

  async #take(batch: StreamBatch): Promise<void> {
    const moved = new Set<TagId>();
    for (const { id, bytes } of [...batch.values()].flat()) {
      try {
        for (const move of unpackMoves(bytes)) this.#apply(move, moved);
      } catch (error) {
        this.#log.warn(`Entry ${id} of moves cannot be read: ${String(error)}`);
      }
    }
    this.#listeners.forEach((listener) => listener(moved));
  }

  #apply(move: Move, moved: Set<TagId>): void {
    const before = this.places.get(move.tagId);
    this.places.apply(move);
    if (isTelling(before, this.places.get(move.tagId))) moved.add(move.tagId);
    const isSilent = move.changes.some((change) => change.type === 'silent');
    if (isSilent && this.registry.byTag(move.tagId) === undefined) this.places.forget(move.tagId);
  }
}

/** A place as sure as this much more or less is another place to whoever judges by it. */
const tellingStep = 0.1;

/** Most moves of a tag at rest tell nothing. What changes by little steps is found by whoever looks at all in turn. */
const isTelling = (before: Place | undefined, now: Place | undefined): boolean =>
  before === undefined ||
  now === undefined ||
  before.zoneId !== now.zoneId ||
  before.levelId !== now.levelId ||
  before.silent !== now.silent ||
  (before.restingSince === null) !== (now.restingSince === null) ||
  Math.abs(before.zoneProbability - now.zoneProbability) >= tellingStep;

const toFix = (fix: TrailFix): Fix => ({
  ...fix,
  tagId: tagId(fix.tagId),
  levelId: levelId(fix.levelId),
  zoneId: fix.zoneId === null ? null : unitId(fix.zoneId),
  sectionId: fix.sectionId === null ? null : sectionId(fix.sectionId),
  zones: [],
});
