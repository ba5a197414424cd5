import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import type { ClientToServerEvents, JoinReply, ServerToClientEvents } from '../../src/live/protocol';
import { announce, prepare, serve } from '../support/assets-app';
import { plainProxy } from '../support/plain-proxy';
import { waitFor } from '../support/wait-for';

const tag = 'c30000000001';

/** A browser that keeps the newest fix of the tag, as the app does: from snapshots and from what moved. */
class Browser {
  readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly seen: number[] = [];
  joins = 0;

  constructor(port: number) {
    const options = { transports: ['websocket'], forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200 };
    this.socket = io(`http://127.0.0.1:${port}/live`, options);
    this.socket.on('connect', () => this.socket.emit('joinLevel', { levelId: 'L0' }, (reply) => this.#joined(reply)));
    this.socket.on('moved', ({ fixes }) => this.#see(fixes));
    onTestFinished(() => void this.socket.disconnect());
  }

  #joined(reply: JoinReply): void {
    if (!reply.ok) throw new Error(`Not joined: ${reply.detail}`);
    this.joins += 1;
    this.#see(reply.snapshot.fixes);
  }

  #see(fixes: readonly { readonly tagId: string; readonly at: number }[]): void {
    for (const { tagId, at } of fixes) if (tagId === tag && at !== this.seen.at(-1)) this.seen.push(at);
  }
}

const portOf = (app: NestFastifyApplication): number => (app.getHttpServer().address() as AddressInfo).port;

test('browsers behind a plain proxy see every move, from whichever process, also when one of them dies', async () => {
  const { config, redis } = await prepare([{ id: 'pump-1', name: 'Pump 1', kind: 'infusion-pump', tagId: tag }]);
  const [first, second] = [await serve(config), await serve(config)];
  const ports = [portOf(first), portOf(second)];
  const proxy = await plainProxy(ports);
  const browsers = [new Browser(proxy.port), new Browser(proxy.port), new Browser(proxy.port)];
  await waitFor('all to have joined', () => browsers.every(({ joins }) => joins === 1));
  expect(new Set(proxy.led)).toEqual(new Set(ports));
  const times: number[] = [];
  const move = async (at: number): Promise<void> => {
    times.push(at);
    await announce(redis, config, { tag, at, x: 4 + (at % 7), unit: null });
    await waitFor(`all to see ${at}`, () => browsers.every(({ seen }) => seen.at(-1) === at));
  };
  for (let at = 1_000; at <= 5_000; at += 1_000) await move(at);
  expect(browsers.map(({ seen }) => seen)).toEqual(browsers.map(() => times));

  proxy.lose(ports[0] ?? 0);
  await first.close();
  for (let at = 6_000; at <= 10_000; at += 1_000) await move(at);
  expect(browsers.map(({ seen }) => seen)).toEqual(browsers.map(() => times));
  expect(browsers.some(({ joins }) => joins === 2)).toBe(true);
});
