import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { streamField, type TagId } from '../core';
import type { AssetView } from '../live/protocol';
import { RedisConnections } from '../redis/redis.module';
import { type Announced, announcedOf, isNews } from './announced';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import { AvailabilityUpkeep } from './availability-upkeep';
import { chunks } from './chunks';
import { leaseMs, PublisherLease } from './publisher-lease';
import { Registry, type RegistryChange } from './registry';

const tickMs = 250;
/** Availability also changes by the clock alone: everything is looked at again within this time, a little each tick. */
const sweepMs = 30_000;
/** An import changes tens of thousands at once: they are looked at, and sent to the screens, over some seconds. */
const mostATick = 1_000;
const looksATurn = 8;
const changesKept = 10_000;
/** Changes another process may have died with are remembered for as long as its lease outlives it, and longer. */
const rememberMs = 3 * leaseMs;

/**
 * Announces assets whose entry, unit, silence or availability changed; not each of their fixes. Every process finds the
 * same changes; the one with the lease writes them. The others remember theirs a while: who takes the lease over writes
 * those again, so that what its holder died with is not lost. A view may come twice; the newest is always last.
 */
@Injectable()
export class ChangePublisher {
  readonly #log = new Logger('Assets');
  /** What was last announced of each asset; ends with the asset. */
  readonly #announced = new Map<string, Announced>();
  readonly #dirty = new Set<string>();
  readonly #gone: AssetView[] = [];
  /** Asset id → when it changed, while another process announces. Emptied by age and on taking over. */
  readonly #unwritten = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #swept: Iterator<Asset> | undefined;
  #isHolder = false;
  #isFailing = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    private readonly upkeep: AvailabilityUpkeep,
    private readonly redis: RedisConnections,
    private readonly lease: PublisherLease,
  ) {}

  /** Takes things as they are for known, and announces what changes from now on. */
  start(): void {
    const now = Date.now();
    for (const asset of this.registry.all())
      this.#announced.set(asset.id, announcedOf(asset, this.views.look(asset, now)));
    this.registry.onChanged((change) => this.#note(change));
    this.upkeep.onRulesChanged(() => this.#lookAgain());
    this.#timer = setTimeout(() => this.#tick(), tickMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#turn;
    if (this.#isHolder) await this.lease.release().catch((error: unknown) => this.#log.warn(String(error)));
  }

  #lookAgain(): void {
    for (const { id } of this.registry.all()) this.#dirty.add(id);
  }

  tagsMoved(tagIds: ReadonlySet<TagId>): void {
    for (const tagId of tagIds) {
      const asset = this.registry.byTag(tagId);
      if (asset !== undefined) this.#dirty.add(asset.id);
    }
  }

  #note({ touched, gone }: RegistryChange): void {
    for (const id of touched) this.#dirty.add(id);
    const now = Date.now();
    for (const asset of gone) {
      this.#announced.delete(asset.id);
      this.upkeep.forget(asset.id);
      this.#gone.push({ ...this.views.view(asset, now), place: null, retired: true });
    }
  }

  #tick(): void {
    this.#turn = this.#announce(Date.now())
      .then(() => {
        this.#isFailing = false;
      })
      .catch((error: unknown) => {
        if (!this.#isFailing) this.#log.warn(`Asset changes wait: ${String(error)}`);
        this.#isFailing = true;
      })
      .finally(() => {
        if (this.#timer !== undefined) this.#timer = setTimeout(() => this.#tick(), tickMs);
      });
  }

  async #announce(now: number): Promise<void> {
    const isHolder = await this.lease.hold();
    if (isHolder && !this.#isHolder) this.#takeOver();
    this.#isHolder = isHolder;
    this.#sweep();
    for (const id of this.registry.takeEndedClaims(now)) this.#dirty.add(id);
    const looked = [...this.#dirty].slice(0, mostATick);
    for (const id of looked) this.#dirty.delete(id);
    const assets = looked.flatMap((id) => this.registry.byId(id) ?? []);
    const changes = await this.#changesOf(assets, now);
    if (!isHolder) {
      this.#remember(changes, now);
      return;
    }
    await this.#tell(changes);
    await this.upkeep.settle(
      assets,
      changes.map(({ view }) => view),
      now,
    );
  }

  async #tell(changes: readonly Change[]): Promise<void> {
    const gone = this.#gone.splice(0);
    try {
      await this.#write([...gone, ...changes.map(({ view }) => view)]);
    } catch (error) {
      this.#gone.unshift(...gone);
      for (const { view } of changes) this.#dirty.add(view.id);
      throw error;
    }
    for (const { view, announced } of changes) {
      if (this.registry.byId(view.id) !== undefined) this.#announced.set(view.id, announced);
    }
  }

  #takeOver(): void {
    const now = Date.now();
    this.upkeep.takeOver(
      [...this.registry.all()].map((asset) => this.views.view(asset, now)),
      now,
    );
    for (const id of this.#unwritten.keys()) {
      this.#announced.delete(id);
      this.#dirty.add(id);
    }
    this.#unwritten.clear();
  }

  #sweep(): void {
    this.#swept ??= this.registry.all();
    for (let left = Math.ceil((this.registry.size * tickMs) / sweepMs); left > 0; left--) {
      const next = this.#swept.next();
      if (next.done === true) {
        this.#swept = undefined;
        return;
      }
      this.#dirty.add(next.value.id);
    }
  }

  /** What differs from what was announced. Between a few and the next few, everything else of this process has its turn. */
  async #changesOf(assets: readonly Asset[], now: number): Promise<Change[]> {
    const changes: Change[] = [];
    for (const some of chunks(assets, looksATurn)) {
      for (const asset of some) {
        const look = this.views.look(asset, now);
        const announced = announcedOf(asset, look);
        if (!isNews(announced, this.#announced.get(asset.id))) continue;
        changes.push({ view: this.views.view(asset, now, look), announced });
      }
      await nextTurn();
    }
    return changes.filter(({ view }) => this.registry.byId(view.id) !== undefined);
  }

  #remember(changes: readonly Change[], now: number): void {
    this.#gone.length = 0;
    for (const { view, announced } of changes) {
      this.#announced.set(view.id, announced);
      this.#unwritten.set(view.id, now);
    }
    for (const [id, at] of this.#unwritten) if (now - at > rememberMs) this.#unwritten.delete(id);
  }

  async #write(views: readonly AssetView[]): Promise<void> {
    if (views.length === 0) return;
    const { commands, keys } = this.redis;
    const written = commands.pipeline();
    for (const view of views) {
      written.xadd(keys.assetChanges, 'MAXLEN', '~', changesKept, '*', streamField, JSON.stringify(view));
    }
    const replies = await written.exec();
    const failed = replies?.find(([error]) => error !== null)?.[0];
    if (failed !== undefined && failed !== null) throw failed;
  }
}

interface Change {
  readonly view: AssetView;
  readonly announced: Announced;
}
