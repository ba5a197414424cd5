import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { RedisConnections } from '../redis/redis.module';
import { Script } from '../redis/script';

export const leaseMs = 5_000;

/** At most one process at a time holds it, unless one stalls for longer than `leaseMs` between asking and acting. */
@Injectable()
export class PublisherLease {
  readonly #me = randomUUID();
  readonly #hold = new Script(join(__dirname, 'lua', 'hold-1.lua'));
  readonly #release = new Script(join(__dirname, 'lua', 'release-1.lua'));

  constructor(private readonly redis: RedisConnections) {}

  /** Takes or renews the lease for `leaseMs`. */
  async hold(): Promise<boolean> {
    const { commands, keys } = this.redis;
    return (await this.#hold.run(commands, [keys.publisherLease], [this.#me, leaseMs])) === 1;
  }

  async release(): Promise<void> {
    const { commands, keys } = this.redis;
    await this.#release.run(commands, [keys.publisherLease], [this.#me]);
  }
}
