import { expect, onTestFinished, test } from 'vitest';
import { streamField } from '../../src/core';
import { type StreamBatch, streamStart } from '../../src/redis/read-streams';
import type { RedisClient } from '../../src/redis/client';
import type { RedisConnections } from '../../src/redis/redis.module';
import { StreamReader } from '../../src/redis/stream-reader';
import { privateConfig, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

interface Bench {
  readonly redis: RedisConnections;
  readonly first: string;
  readonly second: string;
  readonly add: (key: string, ...texts: readonly string[]) => Promise<void>;
}

async function bench(): Promise<Bench> {
  const redis = await privateRedis(privateConfig());
  const { moves: first } = redis.keys.shard(0);
  const { moves: second } = redis.keys.shard(1);
  const add = async (key: string, ...texts: readonly string[]): Promise<void> => {
    for (const text of texts) await redis.commands.xadd(key, '*', streamField, text);
  };
  return { redis, first, second, add };
}

function read(
  redis: Pick<RedisConnections, 'connect'>,
  positions: ReadonlyMap<string, string>,
  take: (batch: StreamBatch) => Promise<void>,
  count?: number,
): StreamReader {
  const reader = new StreamReader(redis, { name: 'Test', positions, take, count });
  onTestFinished(() => reader.stop());
  reader.start();
  return reader;
}

const textsOf = (batch: StreamBatch, key: string): string[] =>
  (batch.get(key) ?? []).map(({ bytes }) => bytes.toString());
const letters = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split(' ');

test('entries of each stream come once, in order, those before the start and those after it', async () => {
  const { redis, first, second, add } = await bench();
  await add(first, ...letters.slice(0, 10));
  const taken: Record<string, string[]> = { [first]: [], [second]: [] };
  const positions = new Map([first, second].map((key) => [key, streamStart]));
  const take = async (batch: StreamBatch): Promise<void> => {
    for (const key of batch.keys()) taken[key]?.push(...textsOf(batch, key));
  };
  read(redis, positions, take, 3);
  await add(second, ...letters);
  await add(first, ...letters.slice(10));
  await waitFor('every entry', () => [first, second].every((key) => taken[key]?.length === letters.length));
  expect(taken).toEqual({ [first]: letters, [second]: letters });
});

test('a batch that could not be taken comes again, and nothing after it before', async () => {
  const { redis, first, add } = await bench();
  const attempts: string[][] = [];
  const reader = read(redis, new Map([[first, streamStart]]), async (batch) => {
    attempts.push(textsOf(batch, first));
    if (attempts.length < 3) throw new Error('not yet');
  });
  await add(first, 'a');
  await waitFor('the third attempt', () => attempts.length >= 3);
  expect(attempts.slice(0, 3)).toEqual([['a'], ['a'], ['a']]);
  await waitFor('the position to move on', () => reader.positions.get(first) !== streamStart);
  await add(first, 'b');
  await waitFor('the next entry', () => attempts.length > 3);
  expect(attempts[3]).toEqual(['b']);
});

test('a reader that stops takes the batch in hand to its end and reads no other', async () => {
  const { redis, first, add } = await bench();
  const steps: string[] = [];
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const reader = read(
    redis,
    new Map([[first, streamStart]]),
    async () => {
      steps.push('begun');
      await finished;
      steps.push('ended');
    },
    1,
  );
  await add(first, 'a', 'b');
  await waitFor('the batch to be in hand', () => steps.length === 1);
  const stopped = reader.stop();
  finish();
  await stopped;
  expect(steps).toEqual(['begun', 'ended']);
});

test('a connection that is cut is made again, and reading goes on where it was', async () => {
  const { redis, first, add } = await bench();
  const taken: string[] = [];
  const connections: RedisClient[] = [];
  const connect: RedisConnections['connect'] = (options) => {
    const connection = redis.connect(options);
    connections.push(connection);
    return connection;
  };
  read({ connect }, new Map([[first, streamStart]]), async (batch) => void taken.push(...textsOf(batch, first)));
  await add(first, 'a');
  await waitFor('the first entry', () => taken.length === 1);
  connections[0]?.disconnect(true);
  await add(first, 'b');
  await waitFor('the second entry', () => taken.length === 2);
  expect(taken).toEqual(['a', 'b']);
  expect(connections).toHaveLength(1);
});
