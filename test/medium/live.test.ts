import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { register } from 'prom-client';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  advance,
  buildSiteModel,
  gatewayId,
  newestFix,
  packMoves,
  packTrack,
  streamField,
  tagId,
} from '../../src/core';
import type {
  AssetView,
  ClientToServerEvents,
  JoinReply,
  LiveFix,
  MovedBatch,
  ServerToClientEvents,
} from '../../src/live/protocol';
import { loadSite } from '../../src/sites/site-files';
import { announce, prepare, serve, setUp, sketchMove } from '../support/assets-app';
import { waitFor } from '../support/wait-for';

type LiveClient = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A browser: what it was told since it connected. */
class Browser {
  readonly moved: MovedBatch[] = [];
  readonly assets: AssetView[] = [];
  private constructor(readonly socket: LiveClient) {
    socket.on('moved', (batch) => this.moved.push(batch));
    socket.on('assetsChanged', ({ assets }) => this.assets.push(...assets));
  }

  static open(app: NestFastifyApplication): Browser {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket: LiveClient = io(`http://127.0.0.1:${port}/live`, { transports: ['websocket'], forceNew: true });
    onTestFinished(() => void socket.disconnect());
    return new Browser(socket);
  }

  join(levelId: string): Promise<JoinReply> {
    return new Promise((reply) => this.socket.emit('joinLevel', { levelId }, reply));
  }

  /** The fixes of a tag in the order they came. */
  fixesOf(tagId: string): LiveFix[] {
    return this.moved.flatMap(({ fixes }) => fixes).filter((fix) => fix.tagId === tagId);
  }
}

const tag = 'c30000000001';
const pump = [{ id: 'pump-1', name: 'Pump 1', kind: 'infusion-pump', tagId: tag }];

/** How many moves the sockets were told, and how long all of them took. */
async function toldMoves(): Promise<{ readonly count: number; readonly seconds: number }> {
  const text = await register.getSingleMetricAsString('whereabouts_live_delay_seconds');
  const valueOf = (name: string): number =>
    Number(new RegExp(`^whereabouts_live_delay_seconds_${name} (.+)$`, 'm').exec(text)?.[1]);
  return { count: valueOf('count'), seconds: valueOf('sum') };
}

async function fixesIn(reply: JoinReply): Promise<readonly LiveFix[]> {
  if (!reply.ok) throw new Error(`Not joined: ${reply.detail}`);
  return reply.snapshot.fixes;
}

describe('a browser that joins a level', () => {
  it('is given the level as it is, then what moves on it', async () => {
    const { app, config, redis } = await setUp(pump);
    await announce(redis, config, { tag, at: 1000, x: 4, unit: null });
    const browser = Browser.open(app);
    await waitFor('the first fix in a snapshot', async () => {
      const fixes = await fixesIn(await browser.join('L0'));
      return fixes.some(({ tagId, x }) => tagId === tag && x === 4);
    });
    await announce(redis, config, { tag, at: 2000, x: 5, unit: null });
    const [fix] = await waitFor('the second fix', () => {
      const fixes = browser.fixesOf(tag).filter(({ at }) => at === 2000);
      return fixes.length > 0 ? fixes : null;
    });
    expect(fix).toMatchObject({ x: 5 });
  });

  it('is told nothing of levels it has not joined or has left', async () => {
    const { app, config, redis } = await setUp(pump);
    const [below, above] = [Browser.open(app), Browser.open(app)];
    await below.join('L0');
    await above.join('L0');
    await above.join('L1');
    await announce(redis, config, { tag, at: 1000, unit: null });
    await waitFor('the fix on its own level', () => below.fixesOf(tag).length > 0);
    expect(above.moved).toEqual([]);
  });

  it('is told when a tag leaves its level and when one falls silent', async () => {
    const { app, config, redis } = await setUp(pump);
    const browser = Browser.open(app);
    await browser.join('L0');
    await announce(redis, config, { tag, at: 1000, unit: null });
    await waitFor('the tag on the level', () => browser.fixesOf(tag).length > 0);
    await announce(redis, config, { tag, at: 2000, level: 'L1', unit: null });
    await waitFor('the tag leaving', () => browser.moved.some(({ left }) => left.includes(tag)));
    await announce(redis, config, { tag, at: 3000, unit: null });
    await waitFor('the tag coming back', () => browser.fixesOf(tag).some(({ at }) => at === 3000));
    await announce(redis, config, { tag, at: 3000, unit: null, silent: true });
    await waitFor('the silence', () => browser.moved.some(({ silent }) => silent.includes(tag)));
  });

  it('is told of moves whose way from the door is counted, and not of how long a tag was silent', async () => {
    const { app, config, redis } = await setUp(pump);
    const browser = Browser.open(app);
    await browser.join('L0');
    const before = await toldMoves();
    const at = Date.now() - 1_000;
    await announce(redis, config, { tag, at, unit: null });
    await waitFor('the tag on the level', () => browser.fixesOf(tag).length > 0);
    await announce(redis, config, { tag, at: at + 1, unit: null, silent: true });
    await waitFor('the silence', () => browser.moved.some(({ silent }) => silent.includes(tag)));
    const after = await toldMoves();
    expect(after.count - before.count).toBe(1);
    expect(after.seconds - before.seconds).toBeGreaterThan(1);
    expect(after.seconds - before.seconds).toBeLessThan(60);
  });

  it('is told of assets on every level that came to another room', async () => {
    const { app, config, redis } = await setUp(pump);
    const browser = Browser.open(app);
    await browser.join('L0');
    await announce(redis, config, { tag, at: Date.now(), level: 'L1', unit: null });
    const asset = await waitFor('the asset', () => browser.assets.find(({ id }) => id === 'pump-1'));
    expect(asset.place?.levelId).toBe('L1');
  });

  it.each([
    ['a level that is not there', { levelId: 'L9' }, 'unknown-level'],
    ['no level', {}, 'bad-request'],
    ['a number', 7, 'bad-request'],
  ])('naming %s is refused with a reason and stays connected', async (_what, request, reason) => {
    const { app } = await setUp([]);
    const { socket } = Browser.open(app);
    const reply = await new Promise<JoinReply>((resolve) => {
      socket.emit('joinLevel', request as { levelId: string }, resolve);
    });
    expect(reply).toMatchObject({ ok: false, reason });
    expect(socket.connected).toBe(true);
  });
});

describe('a server that starts', () => {
  it('shows tags from their stored tracks before anything moves', async () => {
    const { config, redis } = await prepare(pump);
    const { site } = await loadSite(config.siteDir);
    const heard = { tagId: tagId(tag), gatewayId: gatewayId('gw1'), rssi: -60, heardAt: 1000, receivedAt: 1000 };
    const { track } = advance(null, [heard], 1000, buildSiteModel(site, null));
    if (track === null) throw new Error('The gateway of the ward is not heard');
    await redis.commands.hset(redis.keys.shard(0).tracks, tag, packTrack(track));
    const browser = Browser.open(await serve(config));
    const fixes = await waitFor('the server to be ready', async () => {
      const reply = await browser.join('L0');
      return reply.ok ? reply.snapshot.fixes : null;
    });
    expect(fixes).toMatchObject([{ tagId: tag, at: 1000, x: newestFix(track)?.x }]);
  });

  it('passes over entries it cannot read', async () => {
    const { app, config, redis } = await setUp(pump);
    const browser = Browser.open(app);
    await browser.join('L0');
    const { moves } = redis.keys.shard(0);
    await redis.commands.xadd(moves, '*', streamField, '{"fix":');
    await redis.commands.xadd(moves, '*', 'other', packMoves([sketchMove({ tag, at: 1, unit: null })]));
    await announce(redis, config, { tag, at: 2000, unit: null });
    await waitFor('the move after them', () => browser.fixesOf(tag).some(({ at }) => at === 2000));
  });
});
