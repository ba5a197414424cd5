import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Move } from '../core';
import { MoveFeed, unreadable } from '../moves/move-feed';
import type { StreamBatch } from '../redis/read-streams';
import { RedisConnections } from '../redis/redis.module';
import { StreamReader } from '../redis/stream-reader';
import { LiveDelay } from './live-delay';
import { NewestFixes } from './newest-fixes';
import type { AssetView, LevelSnapshot, MovedBatch } from './protocol';

/** Time between two batches to a browser, ms: a person sees no difference, a tablet's battery does. */
const emitEveryMs = 50;
/** Least time between two looks at the changes of assets, ms. */
const gatherMs = 20;

type MovedListener = (batches: readonly MovedBatch[]) => void;
type AssetsListener = (assets: readonly AssetView[], now: number) => void;

/** Follows the moves of all shards, and what changes of assets, for this process's sockets. */
@Injectable()
export class LiveMoves implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #newest = new NewestFixes();
  readonly #delay = new LiveDelay();
  readonly #changedAssets = new Map<string, AssetView>();
  readonly #movedListeners: MovedListener[] = [];
  readonly #assetsListeners: AssetsListener[] = [];
  #reader: StreamReader | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly redis: RedisConnections,
    private readonly feed: MoveFeed,
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

  /** Where everything on a level is; from now on what changes there is told, until `keepWatching` says otherwise. */
  watch(levelId: string): LevelSnapshot {
    this.#newest.watch(levelId);
    return this.#newest.snapshot(levelId, Date.now());
  }

  /** Of the levels watched, only those are watched on. */
  keepWatching(isWatched: (levelId: string) => boolean): void {
    this.#newest.keepWatching(isWatched);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { keys } = this.redis;
    await this.feed.follow((moves) => this.#takeMoves(moves));
    this.#reader = new StreamReader(this.redis, {
      name: 'Live',
      positions: new Map([[keys.assetChanges, await this.#endOf(keys.assetChanges)]]),
      gatherMs,
      take: (batch) => this.#takeAssets(batch),
    });
    this.#reader.start();
    this.#timer = setInterval(() => this.#emit(), emitEveryMs);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#reader?.stop();
  }

  async #endOf(stream: string): Promise<string> {
    const [last] = await this.redis.commands.xrevrange(stream, '+', '-', 'COUNT', 1);
    return last?.[0] ?? '0-0';
  }

  async #takeAssets(batch: StreamBatch): Promise<void> {
    for (const { bytes } of [...batch.values()].flat()) {
      try {
        this.#takeAsset(JSON.parse(bytes.toString()) as AssetView);
      } catch {
        unreadable.inc({ stream: 'assets' });
      }
    }
  }

  #takeMoves(moves: readonly Move[]): void {
    for (const move of moves) {
      this.#delay.take(move);
      this.#newest.apply(move);
    }
  }

  #takeAsset(asset: AssetView): void {
    this.#changedAssets.set(asset.id, asset);
  }

  #emit(): void {
    const now = Date.now();
    const batches = this.#newest.takeChanges(now);
    if (batches.length > 0) for (const listener of this.#movedListeners) listener(batches);
    this.#delay.told(Date.now());
    if (this.#changedAssets.size > 0) {
      const assets = [...this.#changedAssets.values()];
      this.#changedAssets.clear();
      for (const listener of this.#assetsListeners) listener(assets, now);
    }
  }
}
