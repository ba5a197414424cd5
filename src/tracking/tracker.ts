import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '../config/config';
import type { SiteModel } from '../core';
import { dropped } from '../health/dropped';
import { backoffMs, pause } from '../redis/backoff';
import type { RedisClient } from '../redis/client';
import { putAside } from '../redis/dead-letters';
import { readStreams, type StreamEntry } from '../redis/read-streams';
import { ready } from '../redis/ready';
import type { RedisConnections } from '../redis/redis.module';
import { noteStage } from '../redis/stage-metrics';
import { advanceEntries, emptyOutcome, endSilentTags, type Outcome } from './advance-shard';
import { ShardLeases } from './shard-leases';
import { type HeldShard, type StoredShard, takeIn, TrackStore } from './track-store';
import * as metrics from './tracking-metrics';

/** How a worker paces itself; milliseconds. */
export interface Pace {
  /** A worker that does not renew its leases for so long is taken to be dead. */
  readonly leaseMs: number;
  /** Longest wait for sightings: also how soon a shard just taken is listened to. */
  readonly blockMs: number;
  /** Least time from one look at the streams to the next: a batch costs nearly the same for one sighting and for ten. */
  readonly gatherMs: number;
  /** Tracks are saved so often: as much is taken again after a crash. */
  readonly saveMs: number;
  /** Most entries taken of one shard at a time. */
  readonly entries: number;
}

const defaultPace: Pace = { leaseMs: 6_000, blockMs: 500, gatherMs: 40, saveMs: 20_000, entries: 128 };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Sightings → fixes → moves, for the shards this worker holds.
 *
 * Guarantees: one worker at a time writes a shard; a tag's sightings are taken in the order of their stream; what a
 * batch announces is committed whole or not at all; tracks are kept in memory and saved now and then, and what came
 * after the last save is taken again after a crash, silently, with the same result; an entry that cannot be used is put
 * aside and stops nothing. One blocking read waits on all shards at once: latency of one, connection of one.
 */
export class Tracker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Tracker');
  readonly #stop = new AbortController();
  readonly #reading: RedisClient;
  readonly #leases: ShardLeases;
  readonly #store: TrackStore;
  readonly #held = new Map<number, HeldShard>();
  /** What is tracked with: changes between batches only. */
  readonly #with: { model: SiteModel };
  readonly #pace: Pace;
  #running: Promise<void> | null = null;
  #rebalanceAt = 0;
  #sweepAt = 0;
  #readAt = 0;
  #lagMs = 0;

  constructor(
    private readonly redis: RedisConnections,
    private readonly config: Config,
    private readonly site: { readonly model: SiteModel },
    pace: Partial<Pace> = {},
  ) {
    this.#pace = { ...defaultPace, ...pace };
    this.#reading = redis.connect({ enableOfflineQueue: false, commandTimeout: this.#pace.blockMs + 10_000 });
    this.#leases = new ShardLeases(redis, config.shards, this.#pace.leaseMs);
    this.#with = { model: site.model };
    this.#store = new TrackStore(redis, config.movesKept, this.#with);
  }

  /** Shards held now. */
  get shards(): readonly number[] {
    return [...this.#held.keys()];
  }

  /** Age of the oldest sighting of the newest batch when it was read, milliseconds: how far tracking is behind. */
  get lagMs(): number {
    return this.#lagMs;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  /** Ends after the batch in hand is committed, and hands the shards on. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    this.#reading.disconnect();
    await this.#running;
    await this.#saveAll();
    this.#held.clear();
    await this.#leases
      .leave()
      .catch((error: unknown) => this.#log.warn(`Leases were not given back: ${reasonOf(error)}`));
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#turn();
        failures = 0;
      } catch (error) {
        if (this.#isStopping()) return;
        failures += 1;
        if (failures === 1) this.#log.warn(`Tracking waits: ${reasonOf(error)}`);
        this.#dropAll();
        await pause(backoffMs(failures), signal);
      }
    }
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #turn(): Promise<void> {
    await ready(this.#reading, this.#stop.signal);
    await this.#takeUpModel();
    await this.#rebalanceWhenDue();
    if (this.#held.size === 0) {
      await pause(this.#pace.blockMs, this.#stop.signal);
      return;
    }
    const keys = new Map([...this.#held.values()].map((held) => [this.redis.keys.shard(held.shard).sightings, held]));
    const positions = new Map([...keys].map(([key, held]) => [key, held.cursor]));
    await pause(this.#readAt + this.#pace.gatherMs - Date.now(), this.#stop.signal);
    const batch = await readStreams(this.#reading, positions, this.#pace.entries, this.#pace.blockMs);
    this.#readAt = Date.now();
    const timer = metrics.batchSeconds.startTimer();
    const commits: Promise<unknown>[] = [];
    for (const [key, entries] of batch) {
      const held = keys.get(key);
      if (held !== undefined && this.#holds(held)) commits.push(this.#advance(held, entries).catch(reasonOf));
      // Between the arithmetic of two shards, everything else in this process has its turn, the leases among it.
      await nextTurn();
      await this.#rebalanceWhenDue();
    }
    for (const failure of await Promise.all(commits)) if (typeof failure === 'string') throw new Error(failure);
    if (batch.size > 0) timer();
    const streams = [...batch.values()];
    this.#noteLag(streams);
    if (batch.size > 0) noteStage('tracking', streams, this.#readAt);
    const behind = [...batch].filter(([, entries]) => entries.length >= this.#pace.entries).map(([key]) => key);
    await this.#sweepWhenDue([...keys].filter(([key]) => !behind.includes(key)).map(([, held]) => held));
    await this.#saveQuiet([...keys].filter(([key]) => !batch.has(key)).map(([, held]) => held));
  }

  /** What was worked out with the model before is saved first: after a crash none of it is taken again with another. */
  async #takeUpModel(): Promise<void> {
    if (this.site.model === this.#with.model) return;
    const unsaved = [...this.#held.values()].filter((held) => held.unsaved.size > 0);
    await Promise.all(unsaved.map((held) => this.#commit(held, emptyOutcome(), null, true)));
    this.#with.model = this.site.model;
  }

  #holds(held: HeldShard): boolean {
    return this.#held.get(held.shard) === held;
  }

  async #advance(held: HeldShard, entries: readonly StreamEntry[]): Promise<void> {
    const outcome = advanceEntries(entries, held.tracks, this.#with.model);
    if (!(await this.#commit(held, outcome, entries.at(-1)?.id ?? null, this.#isSaveDue(held)))) return;
    metrics.sightingsTaken.inc(outcome.sightings);
    for (const [reason, count] of Object.entries(outcome.dropped)) dropped.inc({ step: 'tracking', reason }, count);
  }

  /** Each shard in its own part of the time between two saves: all at once, they would hold up everything else. */
  #isSaveDue({ shard, savedAt }: HeldShard): boolean {
    const { saveMs } = this.#pace;
    const turnAt = (ms: number): number => Math.floor(ms / saveMs + shard / this.config.shards);
    return turnAt(performance.now()) !== turnAt(savedAt);
  }

  /** Of shards of which nothing comes just now. */
  async #saveQuiet(shards: readonly HeldShard[]): Promise<void> {
    for (const held of shards) {
      if (held.unsaved.size === 0 || !this.#isSaveDue(held) || !this.#holds(held)) continue;
      await this.#commit(held, emptyOutcome(), null, true);
    }
  }

  /** Before shards are handed on: whoever takes them need not take anything again. */
  async #saveAll(): Promise<void> {
    const unsaved = [...this.#held.values()].filter((held) => held.unsaved.size > 0);
    await Promise.all(unsaved.map((held) => this.#commit(held, emptyOutcome(), null, true))).catch((error: unknown) =>
      this.#log.warn(`Tracks were not saved, the next worker works them out again: ${reasonOf(error)}`),
    );
  }

  /** Tells the tags that were not heard. Only of shards read to their end: in a backlog every tag looks silent. */
  async #sweepWhenDue(caughtUp: readonly HeldShard[]): Promise<void> {
    const now = Date.now();
    if (now < this.#sweepAt) return;
    const { silentAfterMs } = this.config;
    this.#sweepAt = now + Math.min(2_000, silentAfterMs / 4);
    metrics.tracksHeld.set([...this.#held.values()].reduce((sum, held) => sum + held.tracks.size, 0));
    for (const held of caughtUp) {
      // Silence counts from when the shard was taken: before, it may be we who did not listen.
      if (now - held.since < silentAfterMs || !this.#holds(held)) continue;
      const outcome = endSilentTags(held.tracks, now, silentAfterMs);
      if (outcome.ended.size === 0 || !(await this.#commit(held, outcome, null, true))) continue;
      metrics.silentTags.inc(outcome.ended.size);
    }
  }

  /** Letters go first: a crash in between writes one twice rather than losing it. */
  async #commit(held: HeldShard, outcome: Outcome, consumed: string | null, saves: boolean): Promise<boolean> {
    for (const { reason } of outcome.poisoned) dropped.inc({ step: 'tracking', reason });
    const address = this.redis.keys.shard(held.shard).sightings;
    const [first] = outcome.poisoned;
    if (first !== undefined) {
      this.#log.error(
        `Shard ${held.shard}: ${outcome.poisoned.length} put aside, the first ${first.reason}: ${first.detail}`,
      );
    }
    await putAside(
      this.redis,
      outcome.poisoned.map((poisoned) => ({ door: 'tracking', address, ...poisoned })),
    );
    if (await this.#store.commit(held, outcome, consumed, saves)) return true;
    this.#log.warn(`Shard ${held.shard} is not held any more: its batch is left to whoever takes it`);
    this.#drop(held.shard);
    return false;
  }

  async #rebalanceWhenDue(): Promise<void> {
    const now = Date.now();
    if (now < this.#rebalanceAt) return;
    this.#rebalanceAt = now + this.#pace.leaseMs / 3;
    const { gained, lost } = await this.#leases.rebalance();
    for (const shard of lost) this.#held.delete(shard);
    const loaded = await Promise.all([...gained].map(([shard, token]) => this.#store.load(shard, token)));
    for (const stored of loaded) await this.#begin(stored);
    if (gained.size + lost.length > 0) this.#log.log(`Holds ${this.#held.size} of ${this.config.shards} shards`);
    metrics.shardsHeld.set(this.#held.size);
  }

  /** What a worker before had announced but not saved is taken again, and nothing of it announced. */
  async #begin({ held, again }: StoredShard): Promise<void> {
    for await (const entries of again) {
      takeIn(held, advanceEntries(entries, held.tracks, this.#with.model));
      await nextTurn();
    }
    this.#held.set(held.shard, held);
    await this.#forgetUnreadable(held);
  }

  async #forgetUnreadable(held: HeldShard): Promise<void> {
    if (held.unreadable.length === 0) return;
    dropped.inc({ step: 'tracking', reason: 'track-unreadable' }, held.unreadable.length);
    this.#log.error(`Shard ${held.shard}: ${held.unreadable.length} tracks cannot be read; their tags start anew`);
    const begun = held.unreadable.filter((tagId) => !held.tracks.has(tagId));
    await this.#commit(held, { ...emptyOutcome(), ended: new Set(begun) }, null, true);
  }

  /** What was not committed is forgotten; whoever takes the shard next reads it from Redis. */
  #drop(shard: number): void {
    if (!this.#held.delete(shard)) return;
    this.#leases.forget(shard);
    this.#rebalanceAt = 0;
    metrics.shardsLost.inc();
    metrics.shardsHeld.set(this.#held.size);
  }

  #dropAll(): void {
    for (const shard of this.shards) this.#drop(shard);
    this.#leases.forgetAll();
    this.#rebalanceAt = 0;
  }

  #noteLag(streams: readonly (readonly StreamEntry[])[]): void {
    const oldest = Math.min(
      ...streams.map(([first]) => (first === undefined ? Infinity : Number(first.id.split('-')[0]))),
    );
    this.#lagMs = oldest === Infinity ? 0 : Math.max(0, this.#readAt - oldest);
    metrics.lagSeconds.set(this.#lagMs / 1000);
  }
}
