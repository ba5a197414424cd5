import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packMoves, shardOf, streamField } from '../../src/core';
import { LevelSocket } from '../../src/live/level.socket';
import { setUp, sketchMove } from '../support/assets-app';
import { waitFor } from '../support/wait-for';

const tags = Array.from({ length: 500 }, (_, i) => `c3${i.toString(16).padStart(10, '0')}`);

test('a browser that stops reading is cut off, so that nothing piles up for it', async () => {
  const { app, config, redis } = await setUp([]);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const browser = fork(join(__dirname, '..', 'support', 'browser-process.mjs'), [`http://127.0.0.1:${port}`, 'L0']);
  onTestFinished(() => void browser.kill('SIGKILL'));
  await once(browser, 'message');
  const sockets = app.get(LevelSocket, { strict: false });
  expect(sockets.clientCount).toBe(1);
  browser.kill('SIGSTOP');
  let at = 0;
  await waitFor(
    'the browser to be cut off',
    async () => {
      at += 1;
      const moves = tags.map((tag) => sketchMove({ tag, at, unit: null }));
      const [first] = moves;
      if (first === undefined) throw new Error('no moves');
      const key = redis.keys.shard(shardOf(first.tagId, config.shards)).moves;
      await redis.commands.xadd(key, '*', streamField, packMoves(moves));
      return sockets.clientCount === 0;
    },
    50_000,
  );
});
