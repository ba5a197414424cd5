import { Redis } from 'ioredis';
import type { GatewayMessage } from '../vendor-formats';

/** Commands in one pipeline: what a door that gathers a tick's messages would send. */
const pipelined = 64;

/**
 * The bare floor: parse the same bytes and XADD them, pipelined, and nothing else. No path through the service can be
 * faster on the same machine.
 * @returns messages a second.
 */
export async function measureFloor(
  redisUrl: string,
  messages: readonly GatewayMessage[],
  seconds: number,
): Promise<number> {
  const redis = new Redis(redisUrl);
  const stream = 'bench:floor';
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < seconds * 1000) {
    const pipeline = redis.pipeline();
    for (let i = 0; i < pipelined; i++) {
      const message = messages[done++ % messages.length];
      if (message === undefined) throw new Error('No messages to measure the floor with');
      const parsed: unknown = JSON.parse(message.payload.toString());
      if (typeof parsed !== 'object') throw new TypeError('Unexpected payload');
      pipeline.xadd(stream, 'MAXLEN', '~', 10_000, '*', 'b', message.payload);
    }
    await pipeline.exec();
  }
  const rate = done / ((performance.now() - startedAt) / 1000);
  await redis.del(stream);
  redis.disconnect();
  return rate;
}
