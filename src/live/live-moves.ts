import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { type Track, unpackMoves } from '../core';
import { afterTracks } from '../redis/after-tracks';
import type { StreamBatch } from '../redis/read-streams';
import { RedisConnections } from '../redis/redis.module';
import { StreamReader } from '../redis/stream-reader';
import { NewestFixes } from './newest-fixes';
import type { AssetView, LevelSnapshot, MovedBatch } from './protocol';

/** Time between two batches to a browser, ms: a person sees no difference, a tablet's battery does. */
const emitEveryMs = 100;
/** Least time between two looks at the streams, ms. */
const gatherMs = 20;

const unreadable = new Counter({
  name: 'whereabouts_live_unreadable_total',
  help: 'Stream entries live could not read',
  labelNames: ['stream'],
});
const delay = new Gauge({
  name: 'whereabouts_live_delay_seconds',
  help: 'From receivedAt of the newest move of the last batch to the socket',
});

type MovedListener = (batches: readonly MovedBatch[]) => void;
type AssetsListener = (assets: readonly AssetView[], now: number) => void;

/**
 * Follows the moves of all shards for this process's sockets.
 * At start: note how far the stored tracks reach, load them, then read on from there: no move falls between.
 */
@Injectable()
export class LiveMoves implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #log = new Logger('Live');
  readonly #newest = new NewestFixes();
  readonly #changedAssets = new Map<string, AssetView>();
  readonly #movedListeners: MovedListener[] = [];
  readonly #assetsListeners: AssetsListener[] = [];
  #reader: StreamReader | null = null;
  #timer: NodeJS.Timeout | null = null;
  #newestReceivedAt = 0;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIG) private readonly config: Pick<Config, 'shards'>,
  ) {}

  /** Whether the stored tracks have been loaded, so that a snapshot is whole. */
  get isReady(): boolean {
    return this.#reader !== null;
  }

  onMoved(listener: MovedListener): void {
    this.#movedListeners.push(listener);
  }

  onAssetsChanged(listener: AssetsListener): void {
    this.#assetsListeners.push(listener);
  }

  snapshot(levelId: string): LevelSnapshot {
    return this.#newest.snapshot(levelId, Date.now());
  }

  async onApplicationBootstrap(): Promise<void> {
    const positions = await this.#loadTracks();
    this.#newest.takeChanges(Date.now());
    this.#reader = new StreamReader(this.redis, {
      name: 'Live',
      positions,
      gatherMs,
      take: (batch) => this.#take(batch),
    });
    this.#reader.start();
    this.#timer = setInterval(() => this.#emit(), emitEveryMs);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#reader?.stop();
  }

  /** Stored tracks into the newest fixes; gives where in each stream to read on. */
  async #loadTracks(): Promise<Map<string, string>> {
    const { commands, keys } = this.redis;
    const positions = new Map<string, string>([[keys.assetChanges, await this.#endOf(keys.assetChanges)]]);
    for (let shard = 0; shard < this.config.shards; shard++) {
      const own = keys.shard(shard);
      for (const [stream, from] of await afterTracks(commands, own)) positions.set(stream, from);
      for (const text of await commands.hvals(own.tracks)) this.#placeTrack(text);
    }
    this.#log.log(`${this.#newest.size} tags on the map`);
    return positions;
  }

  async #endOf(stream: string): Promise<string> {
    const [last] = await this.redis.commands.xrevrange(stream, '+', '-', 'COUNT', 1);
    return last?.[0] ?? '0-0';
  }

  #placeTrack(text: string): void {
    try {
      const { fix } = JSON.parse(text) as Pick<Track, 'fix'>;
      if (fix !== null) this.#newest.place(fix);
    } catch {
      unreadable.inc({ stream: 'tracks' });
    }
  }

  async #take(batch: StreamBatch): Promise<void> {
    for (const [stream, entries] of batch) {
      const isAssets = stream === this.redis.keys.assetChanges;
      for (const { bytes } of entries) {
        try {
          if (isAssets) this.#takeAsset(JSON.parse(bytes.toString()) as AssetView);
          else this.#takeMoves(bytes);
        } catch {
          unreadable.inc({ stream: isAssets ? 'assets' : 'moves' });
        }
      }
    }
  }

  #takeMoves(entry: Buffer): void {
    for (const move of unpackMoves(entry)) {
      this.#newestReceivedAt = Math.max(this.#newestReceivedAt, move.receivedAt);
      this.#newest.apply(move);
    }
  }

  #takeAsset(asset: AssetView): void {
    this.#changedAssets.set(asset.id, asset);
  }

  #emit(): void {
    const now = Date.now();
    const batches = this.#newest.takeChanges(now);
    if (batches.length > 0) {
      for (const listener of this.#movedListeners) listener(batches);
      delay.set(Math.max(0, now - this.#newestReceivedAt) / 1000);
    }
    if (this.#changedAssets.size > 0) {
      const assets = [...this.#changedAssets.values()];
      this.#changedAssets.clear();
      for (const listener of this.#assetsListeners) listener(assets, now);
    }
  }
}
