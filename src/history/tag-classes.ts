import { type TagClass, tagClasses } from '../core';
import type { RedisConnections } from '../redis/redis.module';

const keptMs = 60_000;
/** A tag that nobody enrolled is asked for again and again: not more often than this. */
const askAgainMs = 1_000;

/**
 * The class of every enrolled tag, as the doors know it. Read again every minute, and when a tag comes that was not
 * known: so that of a badge not even the first rows are kept as long as a pump's. The map is replaced as a whole.
 */
export class TagClasses {
  #classes: ReadonlyMap<string, TagClass> = new Map();
  #readAt = -Infinity;

  constructor(private readonly redis: Pick<RedisConnections, 'commands' | 'keys'>) {}

  /** Reads what is missing or stale. Call before `of`. */
  async know(tagIds: Iterable<string>): Promise<void> {
    const age = performance.now() - this.#readAt;
    if (age < askAgainMs) return;
    if (age < keptMs && this.#hasAll(tagIds)) return;
    const { commands, keys } = this.redis;
    const told = await commands.hgetall(keys.enrolledTags);
    const classes = new Map<string, TagClass>();
    for (const [id, name] of Object.entries(told)) {
      const tagClass = tagClasses.find((known) => known === name);
      if (tagClass !== undefined) classes.set(id, tagClass);
    }
    // A Redis that came back empty is filled again within seconds: until then what we know stands.
    if (classes.size > 0) this.#classes = classes;
    this.#readAt = performance.now();
  }

  /** A tag that was taken out of the registry meanwhile counts as equipment, which nearly all are. */
  readonly of = (tagId: string): TagClass => this.#classes.get(tagId) ?? 'asset';

  #hasAll(tagIds: Iterable<string>): boolean {
    for (const tagId of tagIds) if (!this.#classes.has(tagId)) return false;
    return true;
  }
}
