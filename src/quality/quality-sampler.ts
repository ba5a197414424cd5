import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { isInPolygon, leaveOneOut, newestFix, shardOf, type TagId, type Track, unpackTrack } from '../core';
import { RedisConnections } from '../redis/redis.module';
import { SiteModelSource } from '../sites/site-model-source';
import { publish } from './quality-metrics';
import { readReferenceTags, type ReferenceTag } from '../sites/reference-tags';
import { SectionQualities, type SectionQuality } from './section-quality';

const everyMs = 60_000;
/** Tags looked at in each shard each time: a few milliseconds of work. */
const tagsPerShard = 4;
/** A reference tag not heard for this long says nothing of now, ms. */
const staleMs = 300_000;

/**
 * Looks now and then at a few stored tracks, away from the path of sightings: how far a tag's place depends on single
 * gateways, and whether reference tags are found where they are. Reads what tracking saved; writes nothing.
 */
@Injectable()
export class QualitySampler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Quality');
  readonly #qualities = new SectionQualities();
  #references: readonly ReferenceTag[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIG) private readonly config: Pick<Config, 'shards' | 'siteDir'>,
    @Inject(SiteModelSource) private readonly source: Pick<SiteModelSource, 'model'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#references = await readReferenceTags(this.config.siteDir, this.source.model.site);
    this.#timer = setInterval(() => {
      this.#running = this.sample(Date.now()).catch((error: unknown) => {
        this.#log.warn(`Could not look at the tracks: ${error instanceof Error ? error.message : String(error)}`);
      });
    }, everyMs);
    this.#timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  get sections(): readonly SectionQuality[] {
    return this.#qualities.all();
  }

  /** One look at all shards. @param now epoch ms */
  async sample(now: number): Promise<void> {
    for (let shard = 0; shard < this.config.shards; shard++) {
      for (const track of await this.#someTracks(shard)) {
        const left = leaveOneOut(track, this.source.model);
        if (left !== null) this.#qualities.addError(left.sectionId, left.errorM);
      }
    }
    for (const reference of this.#references) {
      const track = await this.#trackOf(reference.tagId);
      if (track !== null && now - track.receivedAt < staleMs) this.#judge(reference, track);
    }
    publish(this.sections);
  }

  #judge({ levelId, x, y }: ReferenceTag, track: Track): void {
    const fix = newestFix(track);
    if (fix === null) return;
    const unit = this.source.model.site.levelById.get(levelId)?.units.find(({ polygon }) => isInPolygon(x, y, polygon));
    this.#qualities.addLook(unit?.sectionId ?? null, {
      isRoomRight: fix.zoneId === (unit?.id ?? null),
      isInside: fix.levelId === levelId && Math.hypot(fix.x - x, fix.y - y) <= fix.radius90,
    });
  }

  async #someTracks(shard: number): Promise<Track[]> {
    const { commands, keys } = this.redis;
    const flat: unknown = await commands.hrandfieldBuffer(keys.shard(shard).tracks, tagsPerShard, 'WITHVALUES');
    const stored: unknown[] = Array.isArray(flat) ? flat.filter((_, i) => i % 2 === 1) : [];
    return stored.flatMap((bytes) => this.#read(bytes) ?? []);
  }

  async #trackOf(tagId: TagId): Promise<Track | null> {
    const { commands, keys } = this.redis;
    return this.#read(await commands.hgetBuffer(keys.shard(shardOf(tagId, this.config.shards)).tracks, tagId));
  }

  /** A stored track of this version; null for anything else: tracking reports those. */
  #read(bytes: unknown): Track | null {
    if (!Buffer.isBuffer(bytes)) return null;
    try {
      return unpackTrack(bytes, this.source.model);
    } catch {
      return null;
    }
  }
}
