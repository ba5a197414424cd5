import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisClient } from './client';

/** A Lua script kept in a file beside its user. Sent once; Redis knows it by its digest until it restarts. */
export class Script {
  readonly #text: string;
  readonly #digest: string;

  constructor(path: string) {
    this.#text = readFileSync(path, 'utf8');
    this.#digest = createHash('sha1').update(this.#text).digest('hex');
  }

  async run(
    redis: RedisClient,
    keys: readonly string[],
    args: readonly (string | number | Buffer)[],
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.#digest, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return redis.eval(this.#text, keys.length, ...keys, ...args);
    }
  }
}
