import { once } from 'node:events';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
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

const rowsCopied = 20_000;

/**
 * The other bare floor: COPY of rows that history has written into a table of the same columns, without an index.
 * @returns rows a second; NaN while history has none.
 */
export async function measureCopyFloor(databaseUrl: string, seconds: number): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const rows: Buffer[] = [];
    const read = client.query(to(`copy (select * from fix limit ${rowsCopied}) to stdout`));
    read.on('data', (bytes: Buffer) => rows.push(bytes));
    await once(read, 'end');
    const text = Buffer.concat(rows);
    const count = text.filter((byte) => byte === 0x0a).length;
    if (count === 0) return NaN;
    await client.query('create table bench_copied as select * from fix limit 0');
    const startedAt = performance.now();
    let done = 0;
    while (performance.now() - startedAt < seconds * 1000) {
      const write = client.query(from('copy bench_copied from stdin'));
      write.end(text);
      await once(write, 'finish');
      done += count;
    }
    const rate = done / ((performance.now() - startedAt) / 1000);
    await client.query('drop table bench_copied');
    return rate;
  } finally {
    await client.end();
  }
}
