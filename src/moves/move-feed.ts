import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { type Move, type TagId, unpackMoves, unpackPlaced } from '../core';
import { afterTracks } from '../redis/after-tracks';
import type { StreamBatch } from '../redis/read-streams';
import { RedisConnections } from '../redis/redis.module';
import { StreamReader } from '../redis/stream-reader';
import { moveOf } from './placed';

/** Least time between two looks at the streams, ms. */
const gatherMs = 15;

export const unreadable = new Counter({
  name: 'whereabouts_live_unreadable_total',
  help: 'Stored tracks and stream entries that could not be read for the map and the assets',
  labelNames: ['stream'],
});

/** Takes moves in the order of their shard. */
export type MovesListener = (moves: readonly Move[]) => void;

/**
 * Follows the moves of all shards for all of this process that wants to know where tags are: an entry is read once.
 * First it is noted how far the stored tracks reach, then they are read, then the streams from there on: a move in
 * between comes twice rather than never, and the newest wins.
 */
@Injectable()
export class MoveFeed implements OnModuleDestroy {
  readonly #log = new Logger('Moves');
  readonly #listeners: MovesListener[] = [];
  /** Of every tag heard now, for whoever listens later; a silent tag leaves it. */
  readonly #newest = new Map<TagId, Move>();
  #started: Promise<void> | null = null;
  #reader: StreamReader | null = null;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIG) private readonly config: Pick<Config, 'shards'>,
  ) {}

  /** Tells where every tag is now, before it resolves, and then every move. */
  async follow(listener: MovesListener): Promise<void> {
    this.#started ??= this.#start();
    await this.#started;
    listener([...this.#newest.values()]);
    this.#listeners.push(listener);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#reader?.stop();
  }

  async #start(): Promise<void> {
    const { commands, keys } = this.redis;
    const shards = Array.from({ length: this.config.shards }, (_, shard) => keys.shard(shard));
    const positions = new Map<string, string>();
    for (const shard of shards) {
      for (const [stream, from] of await afterTracks(commands, shard)) positions.set(stream, from);
    }
    for (const { tracks } of shards) this.#placeTracks(await commands.hvalsBuffer(tracks));
    this.#log.log(`${this.#newest.size} tags were being followed`);
    this.#reader = new StreamReader(this.redis, {
      name: 'Moves',
      positions,
      gatherMs,
      take: (batch) => this.#take(batch),
    });
    this.#reader.start();
  }

  /** One of another version of the engine is left out: the tag's next move tells. */
  #placeTracks(tracks: readonly Buffer[]): void {
    for (const track of tracks) {
      try {
        const placed = unpackPlaced(track);
        if (placed !== null) this.#newest.set(placed.fix.tagId, moveOf(placed));
      } catch {
        unreadable.inc({ stream: 'tracks' });
      }
    }
  }

  async #take(batch: StreamBatch): Promise<void> {
    for (const entries of batch.values()) {
      for (const { bytes } of entries) {
        try {
          this.#tell(unpackMoves(bytes));
        } catch {
          unreadable.inc({ stream: 'moves' });
        }
      }
    }
  }

  #tell(moves: readonly Move[]): void {
    for (const move of moves) {
      if (move.changes.length > 0 && move.changes.some(({ type }) => type === 'silent'))
        this.#newest.delete(move.tagId);
      else if (!((this.#newest.get(move.tagId)?.fix.at ?? 0) > move.fix.at)) this.#newest.set(move.tagId, move);
    }
    for (const listener of this.#listeners) listener(moves);
  }
}
