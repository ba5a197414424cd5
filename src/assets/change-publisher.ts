import { Injectable, Logger } from '@nestjs/common';
import { streamField, type TagId } from '../core';
import type { AssetView } from '../live/protocol';
import { RedisConnections } from '../redis/redis.module';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import { AssetsRepository } from './assets.repository';
import { leaseMs, PublisherLease } from './publisher-lease';
import { Registry, type RegistryChange } from './registry';

const tickMs = 250;
/** Availability also changes by the clock alone: everything is looked at again so often. */
const sweepMs = 15_000;
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
  readonly #announced = new Map<string, string>();
  readonly #dirty = new Set<string>();
  readonly #gone: AssetView[] = [];
  /** Asset id → when it changed, while another process announces. Emptied by age and on taking over. */
  readonly #unwritten = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #sweptAt = 0;
  #isHolder = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    private readonly assets: AssetsRepository,
    private readonly redis: RedisConnections,
    private readonly lease: PublisherLease,
  ) {}

  /** Takes things as they are for known, and announces what changes from now on. */
  start(): void {
    const now = Date.now();
    for (const asset of this.registry.all()) this.#announced.set(asset.id, signatureOf(this.views.view(asset, now)));
    this.#sweptAt = now;
    this.registry.onChanged((change) => this.#note(change));
    this.#timer = setTimeout(() => this.#tick(), tickMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#turn;
    if (this.#isHolder) await this.lease.release().catch((error: unknown) => this.#log.warn(String(error)));
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
      this.#gone.push({ ...this.views.view(asset, now), place: null, retired: true });
    }
  }

  #tick(): void {
    this.#turn = this.#announce(Date.now())
      .catch((error: unknown) => this.#log.warn(`Asset changes wait: ${String(error)}`))
      .finally(() => {
        if (this.#timer !== undefined) this.#timer = setTimeout(() => this.#tick(), tickMs);
      });
  }

  async #announce(now: number): Promise<void> {
    const isHolder = await this.lease.hold();
    if (isHolder && !this.#isHolder) this.#takeOver();
    this.#isHolder = isHolder;
    if (now - this.#sweptAt >= sweepMs) this.#sweep(now);
    const changes = this.#takeChanges(now);
    if (isHolder) await this.#tell(changes, now);
    else this.#remember(changes, now);
  }

  async #tell(changes: readonly Change[], now: number): Promise<void> {
    try {
      await this.#write([...this.#gone, ...changes.map(({ view }) => view)]);
    } catch (error) {
      for (const { view } of changes) this.#dirty.add(view.id);
      throw error;
    }
    this.#gone.length = 0;
    for (const { view, signature } of changes) this.#announced.set(view.id, signature);
    await this.#endStatuses(changes, now);
  }

  #takeOver(): void {
    for (const id of this.#unwritten.keys()) {
      this.#announced.delete(id);
      this.#dirty.add(id);
    }
    this.#unwritten.clear();
  }

  #sweep(now: number): void {
    for (const asset of this.registry.all()) this.#dirty.add(asset.id);
    this.#sweptAt = now;
  }

  /** What differs from what was announced, of the assets something happened to. */
  #takeChanges(now: number): Change[] {
    const changes: Change[] = [];
    for (const id of this.#dirty) {
      const asset = this.registry.byId(id);
      if (asset === undefined) continue;
      const view = this.views.view(asset, now);
      const signature = signatureOf(view);
      if (signature !== this.#announced.get(id)) changes.push({ asset, view, signature });
    }
    this.#dirty.clear();
    return changes;
  }

  #remember(changes: readonly Change[], now: number): void {
    this.#gone.length = 0;
    for (const { view, signature } of changes) {
      this.#announced.set(view.id, signature);
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

  /** A status that holds no longer is ended for good: else it would hold again when the asset comes back. */
  async #endStatuses(changes: readonly Change[], now: number): Promise<void> {
    const over = new Set<string>();
    for (const by of ['expired', 'moved'] as const) {
      const assets = changes.map(({ asset }) => asset).filter((asset) => this.views.endOfStatus(asset, now) === by);
      await this.assets.endStatuses(
        assets.flatMap(({ status }) => status?.rowId ?? []),
        by,
      );
      for (const { id } of assets) over.add(id);
    }
    if (over.size > 0) await this.registry.announce([...over]);
  }
}

interface Change {
  readonly asset: Asset;
  readonly view: AssetView;
  readonly signature: string;
}

/** What makes a view worth announcing: everything but the fix itself. */
function signatureOf({ place, availability, ...entry }: AssetView): string {
  const reasons = availability.evidence.map(({ since: _, ...reason }) => reason);
  return JSON.stringify([entry, place?.levelId, place?.unitId, place?.silent, availability.status, reasons]);
}
