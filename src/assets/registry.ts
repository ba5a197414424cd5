import { Injectable, Logger } from '@nestjs/common';
import { RedisConnections } from '../redis/redis.module';
import type { TagId } from '../core';
import type { Asset, AssetChange, NewAsset } from './asset';
import { AssetSeed } from './asset-seed';
import { AssetsRepository } from './assets.repository';
import { EnrolledTags } from './enrolled-tags';

/** What a reading of the registry found different. */
export interface RegistryChange {
  /** Ids of assets that are new, changed or gone. */
  readonly touched: readonly string[];
  /** Those gone, as they last were. */
  readonly gone: readonly Asset[];
  /** Tags no asset wears any more. */
  readonly freed: readonly TagId[];
}

/** In place of an id, when many changed at once. */
const everyAsset = '*';

type Listener = (change: RegistryChange) => void;

/**
 * Every asset in use, in memory, as the database has it. A change is written to the database first, then read again
 * here and, by way of a Redis channel, in every other process. A process that lost Redis reads everything again.
 */
@Injectable()
export class Registry {
  readonly #log = new Logger('Assets');
  readonly #byId = new Map<string, Asset>();
  readonly #byTag = new Map<TagId, Asset>();
  readonly #byKind = new Map<string, Map<string, Asset>>();
  /** Ids of assets somebody is, or lately was, on the way to. */
  readonly #claimed = new Set<string>();
  readonly #listeners: Listener[] = [];
  #version = 0;
  /** Reading again, one after the other, so that an older answer never lands on a newer. */
  #reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly assets: AssetsRepository,
    private readonly enrolledTags: EnrolledTags,
    private readonly redis: RedisConnections,
    private readonly seed: AssetSeed,
  ) {}

  /** Enters the site's own assets, loads all and listens for changes made elsewhere. */
  async start(): Promise<void> {
    await this.seed.enter();
    const { keys } = this.redis;
    const changes = this.redis.connect();
    changes.on('message', (_channel, id: string) =>
      this.#inBackground(this.#read(id === everyAsset ? undefined : [id])),
    );
    await changes.subscribe(keys.registryChanged);
    await this.#read();
    // A subscription that was lost may have missed changes.
    this.redis.onRenewed(changes, () => this.#inBackground(this.#read()));
  }

  onChanged(listener: Listener): void {
    this.#listeners.push(listener);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Another one after any change. */
  get version(): number {
    return this.#version;
  }

  all(): IterableIterator<Asset> {
    return this.#byId.values();
  }

  ofKind(kind: string): Iterable<Asset> {
    return this.#byKind.get(kind)?.values() ?? [];
  }

  /** Assets whose claim has run out by now, each once. @param now epoch ms */
  takeEndedClaims(now: number): string[] {
    const ended = [...this.#claimed].filter((id) => (this.#byId.get(id)?.said.claim?.until ?? 0) <= now);
    for (const id of ended) this.#claimed.delete(id);
    return ended;
  }

  byId(id: string): Asset | undefined {
    return this.#byId.get(id);
  }

  byTag(tagId: TagId): Asset | undefined {
    return this.#byTag.get(tagId);
  }

  /** @throws TakenError */
  async create(asset: NewAsset): Promise<void> {
    await this.assets.create(asset);
    await this.announce([asset.id]);
    await this.#tellDoors(asset.tagIds);
  }

  /** @returns whether there is such an asset. @throws TakenError */
  async change(id: string, change: AssetChange): Promise<boolean> {
    return this.#changed(id, await this.assets.change(id, change));
  }

  /** @returns whether there was such an asset */
  async retire(id: string): Promise<boolean> {
    return this.#changed(id, await this.assets.retire(id));
  }

  async #changed(id: string, tags: readonly TagId[] | null): Promise<boolean> {
    if (tags === null) return false;
    await this.announce([id]);
    await this.#tellDoors(tags);
    return true;
  }

  /** The database has the change; doors that cannot be told now are told all when Redis is back. */
  async #tellDoors(tags: readonly TagId[]): Promise<void> {
    await this.enrolledTags.publishChange(tags).catch((error: unknown) => {
      this.#log.warn(`Tags ${tags.join(', ')} not told to the doors: ${String(error)}`);
    });
  }

  /** Reads assets again, here and in every other process. */
  async announce(ids: readonly string[]): Promise<void> {
    await this.#read(ids);
    const { commands, keys } = this.redis;
    // The database has the change; a process that does not hear of it now reads all when its subscription is back.
    const told = commands.pipeline();
    ids.forEach((id) => told.publish(keys.registryChanged, id));
    await told
      .exec()
      .catch((error: unknown) => this.#log.warn(`Change of ${ids.join(', ')} not told: ${String(error)}`));
  }

  /** Reads every asset again, here and in every other process, and tells the doors every tag. */
  async announceAll(): Promise<void> {
    await this.#read();
    const { commands, keys } = this.redis;
    await Promise.all([this.enrolledTags.publish(), commands.publish(keys.registryChanged, everyAsset)]).catch(
      (error: unknown) => this.#log.warn(`Change of the registry not told: ${String(error)}`),
    );
  }

  #read(ids?: readonly string[]): Promise<void> {
    const read = this.#reading.then(async () => this.#replace(await this.assets.load(ids), ids));
    this.#reading = read.catch(() => undefined);
    return read;
  }

  #inBackground(read: Promise<void>): void {
    read.catch((error: unknown) => this.#log.warn(`Registry not read again: ${String(error)}`));
  }

  #replace(assets: readonly Asset[], ids: readonly string[] = [...this.#byId.keys()]): void {
    const before = ids.flatMap((id) => this.#byId.get(id) ?? []);
    this.#version++;
    for (const id of ids) this.#remove(id);
    for (const asset of assets) this.#add(asset);
    const touched = [...new Set([...ids, ...assets.map(({ id }) => id)])];
    const gone = before.filter(({ id }) => !this.#byId.has(id));
    const freed = before.flatMap(({ tagIds }) => tagIds.filter((tagId) => !this.#byTag.has(tagId)));
    if (touched.length > 0) this.#listeners.forEach((listener) => listener({ touched, gone, freed }));
  }

  #remove(id: string): void {
    const asset = this.#byId.get(id);
    if (asset === undefined) return;
    this.#byId.delete(id);
    this.#claimed.delete(id);
    this.#byKind.get(asset.kind)?.delete(id);
    for (const tagId of asset.tagIds) if (this.#byTag.get(tagId) === asset) this.#byTag.delete(tagId);
  }

  #add(asset: Asset): void {
    this.#byId.set(asset.id, asset);
    if (asset.said.claim !== null) this.#claimed.add(asset.id);
    for (const tagId of asset.tagIds) this.#byTag.set(tagId, asset);
    const ofKind = this.#byKind.get(asset.kind) ?? new Map<string, Asset>();
    this.#byKind.set(asset.kind, ofKind.set(asset.id, asset));
  }
}
