import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { RedisConnections } from '../redis/redis.module';
import { Script } from '../redis/script';

const acquire = new Script(join(__dirname, 'lua', 'acquire-1.lua'));
const renew = new Script(join(__dirname, 'lua', 'renew-1.lua'));
const greet = new Script(join(__dirname, 'lua', 'greet-1.lua'));

/** What changed at one look at the leases. */
export interface LeaseChanges {
  /** Shard → token of its new lease. */
  readonly gained: ReadonlyMap<number, string>;
  readonly lost: readonly number[];
}

/**
 * Which shards this worker holds. A lease is a token with an end: whoever writes shows the token, so that a worker
 * which slept through the end of its lease writes nothing. All live workers hold about the same number of shards.
 */
export class ShardLeases {
  readonly worker = randomUUID();
  /** Shard → token. */
  readonly #held = new Map<number, string>();

  constructor(
    private readonly redis: RedisConnections,
    private readonly shards: number,
    private readonly leaseMs: number,
  ) {}

  /** Renews what is held, gives back what is above this worker's share, takes what is free up to it. */
  async rebalance(): Promise<LeaseChanges> {
    const workers = Number(
      await greet.run(this.redis.commands, [this.redis.keys.trackingWorkers], [this.worker, this.leaseMs]),
    );
    const share = Math.ceil(this.shards / Math.max(1, workers));
    const lost = await this.#renew();
    for (const shard of [...this.#held.keys()].slice(share)) {
      await this.giveBack(shard);
      lost.push(shard);
    }
    return { gained: await this.#take(share), lost };
  }

  /** Forgets a shard that another worker turned out to hold, or whose state is not sure: it may be taken again. */
  forget(shard: number): void {
    this.#held.delete(shard);
  }

  forgetAll(): void {
    this.#held.clear();
  }

  async giveBack(shard: number): Promise<void> {
    const token = this.#held.get(shard);
    this.#held.delete(shard);
    if (token !== undefined) await renew.run(this.redis.commands, [this.#key(shard)], [token, 0]);
  }

  /** Gives everything back: the other workers need not wait for the leases to end. */
  async leave(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((shard) => this.giveBack(shard)));
    await greet.run(this.redis.commands, [this.redis.keys.trackingWorkers], [this.worker, 0]);
  }

  async #renew(): Promise<number[]> {
    const answers = await Promise.all(
      [...this.#held].map(async ([shard, token]) => ({
        shard,
        held: await renew.run(this.redis.commands, [this.#key(shard)], [token, this.leaseMs]),
      })),
    );
    const lost = answers.filter(({ held }) => held !== 1).map(({ shard }) => shard);
    for (const shard of lost) this.#held.delete(shard);
    return lost;
  }

  async #take(share: number): Promise<Map<number, string>> {
    const gained = new Map<number, string>();
    for (let shard = 0; shard < this.shards && this.#held.size < share; shard++) {
      if (this.#held.has(shard)) continue;
      // A token of its own for every time the shard is taken: what an earlier holding left on its way is refused.
      const token = `${this.worker}:${randomUUID()}`;
      const taken = await acquire.run(this.redis.commands, [this.#key(shard)], [this.worker, token, this.leaseMs]);
      if (taken !== 1) continue;
      this.#held.set(shard, token);
      gained.set(shard, token);
    }
    return gained;
  }

  #key(shard: number): string {
    return this.redis.keys.shard(shard).lease;
  }
}
