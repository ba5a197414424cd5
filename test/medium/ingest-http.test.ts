import { register } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { unpackReadings } from '../../src/core';
import { enrol, openDoors, ownRedis, sightingsIn } from '../support/doors';
import { privateConfig, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const pump = 'ac233fa1164d';
const badge = 'c0ffee000001';
const megabyte = 1_048_576;

async function openDoor(settings: Readonly<Record<string, string>> = {}) {
  const config = privateConfig(settings);
  const redis = await privateRedis(config);
  await enrol(redis, { tags: { [pump]: 'asset', [badge]: 'badge' }, gateways: ['g1', 'g2', 'ac233fc03641'] });
  const app = await openDoors(config);
  const post = async (gateway: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/gateways/${gateway}/messages`,
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() };
  };
  return { config, redis, app, post };
}

const one = (change: object = {}) => ({ sightings: [{ tagId: pump, rssi: -71, ...change }] });

async function droppedAtDoor(reason: string): Promise<number> {
  const metric = await register.getSingleMetric('whereabouts_dropped_total')?.get();
  return metric?.values.find(({ labels }) => labels['step'] === 'door' && labels['reason'] === reason)?.value ?? 0;
}

describe('what is taken', () => {
  test('a batch is answered 202 with counts when its sightings are in the stream', async () => {
    const { config, redis, post } = await openDoor();
    const heardAt = Date.now() - 100;
    const answer = await post('g1', {
      sightings: [
        { tagId: 'AC:23:3F:A1:16:4D', rssi: '-71', heardAt },
        { tagId: badge, rssi: -60 },
        { tagId: 'a-visitor', rssi: -60 },
        { tagId: pump, rssi: 99 },
      ],
    });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ taken: 1, readings: 0, dropped: { badge: 1, 'unknown-tag': 1, 'bad-rssi': 1 } });
    expect(await sightingsIn(redis, config)).toMatchObject([{ tagId: pump, gatewayId: 'g1', rssi: -71, heardAt }]);
  });

  test('a tag enrolled by its address is found behind its beacon', async () => {
    const { config, redis, post } = await openDoor();
    const body = { id: 'iBeacon:e2c56db5-dffb-48d2-b060-d0f5a71096e0-3-7', mac: pump, rssi: -70, 'rssi@1m': -59 };
    expect((await post('g1', body)).body).toMatchObject({ taken: 1 });
    expect(await sightingsIn(redis, config)).toMatchObject([{ tagId: pump }]);
  });

  test('what a tag measures goes to the readings, and only if it is followed', async () => {
    const { config, redis, post } = await openDoor();
    const device = (mac: string) => ({ type: 'S1', mac, rssi: -60, temperature: 4.5, battery: 91 });
    const answer = await post('g1', [
      { type: 'Gateway', mac: 'x' },
      device(pump),
      device(badge),
      device('aaaaaaaaaaaa'),
    ]);
    expect(answer.body).toMatchObject({ taken: 1, readings: 2 });
    const found: unknown[] = [];
    for (let shard = 0; shard < config.shards; shard++) {
      for (const [, fields] of await redis.commands.xrange(redis.keys.shard(shard).readings, '-', '+')) {
        found.push(...unpackReadings(fields[1] ?? ''));
      }
    }
    expect(found).toMatchObject([
      { tagId: pump, gatewayId: 'g1', kind: 'battery', value: 91 },
      { tagId: pump, gatewayId: 'g1', kind: 'temperature', value: 4.5 },
    ]);
  });

  test('a tag enrolled while the door is open is followed', async () => {
    const { redis, post } = await openDoor();
    await enrol(redis, { tags: { newcomer: 'asset' }, gateways: ['g1'] });
    await waitFor('the newcomer to be followed', async () => {
      const { body } = await post('g1', { sightings: [{ tagId: 'newcomer', rssi: -60 }] });
      return body['taken'] === 1;
    });
  });

  test('many posts at once are each answered with their own counts', async () => {
    const { config, redis, post } = await openDoor();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => post('g1', { sightings: Array(1 + (i % 3)).fill(one().sightings[0]) })),
    );
    expect(answers.map(({ body }) => body['taken'])).toEqual(answers.map((_, i) => 1 + (i % 3)));
    expect(await sightingsIn(redis, config)).toHaveLength(399);
  });
});

describe('bad input', () => {
  test.each([
    ['malformed JSON', '{"sightings":[', 'bad-json'],
    ['NaN, which is no JSON', '{"sightings":[{"tagId":"a","rssi":NaN}]}', 'bad-json'],
    ['nothing', '', 'bad-json'],
    ['binary', Buffer.from('bb0100000020ac233fc03641', 'hex'), 'bad-json'],
    ['JSON of nobody we know', { hello: 'world' }, 'unknown-format'],
    ['a wrong type', { sightings: 'none' }, 'bad-schema'],
  ])('%s is answered 400, counted, and kept to be read', async (_, body, reason) => {
    const { config, redis, app, post } = await openDoor();
    const before = await droppedAtDoor(reason);
    const answer = await post('g1', body);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 400, title: 'Bad Request', reason });
    expect(await droppedAtDoor(reason)).toBe(before + 1);
    const letters = await app.inject({ url: '/api/dead-letters?limit=5' });
    const payload = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    expect(letters.json()).toMatchObject({
      deadLetters: [
        { door: 'http', address: '/api/gateways/g1/messages', reason, payload: payload.toString('base64') },
      ],
    });
    expect(await sightingsIn(redis, config)).toEqual([]);
  });

  test.each([
    ['an RSSI out of range', { rssi: -128 }, 'bad-rssi'],
    ['an RSSI that is no number', { rssi: 'strong' }, 'bad-rssi'],
    ['a time that is none', { heardAt: 'yesterday' }, 'bad-time'],
    ['a tag that has no name', { tagId: ' ' }, 'no-identity'],
    ['a tag of another type', { tagId: 7 }, 'bad-entry'],
  ])('%s is answered 400 with its place when nothing else is in the message', async (_, change, reason) => {
    const { config, redis, post } = await openDoor();
    const before = await droppedAtDoor(reason);
    const answer = await post('g1', one(change));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ reason, errors: [{ path: 'sightings[0]', reason }] });
    expect(await droppedAtDoor(reason)).toBe(before + 1);
    expect(await sightingsIn(redis, config)).toEqual([]);
  });

  test('an unknown gateway is answered 404', async () => {
    const { post } = await openDoor();
    expect(await post('nobody', one())).toMatchObject({ status: 404, body: { reason: 'unknown-gateway' } });
  });

  test('a path and a message that name two gateways of the site are answered 400', async () => {
    const { post } = await openDoor();
    const answer = await post('g1', { gatewayId: 'g2', ...one() });
    expect(answer).toMatchObject({ status: 400, body: { reason: 'gateway-mismatch' } });
  });

  test('10 MB are answered 413 and counted', async () => {
    const { post } = await openDoor();
    const before = await droppedAtDoor('too-large');
    const answer = await post('g1', Buffer.alloc(10 * megabyte, ' '));
    expect(answer.status).toBe(413);
    await waitFor('the count', async () => (await droppedAtDoor('too-large')) === before + 1);
  });

  test('a compressed body is answered 415', async () => {
    const { post } = await openDoor();
    expect((await post('g1', one(), { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('a time an hour ahead or a year back is stamped on arrival while the clock is not known', async () => {
    const { config, redis, post } = await openDoor();
    const before = Date.now();
    await post('g1', one({ heardAt: before + 3_600_000 }));
    await post('g2', one({ heardAt: before - 365 * 86_400_000 }));
    const found = await sightingsIn(redis, config);
    expect(found).toHaveLength(2);
    for (const { heardAt, receivedAt } of found) expect(heardAt).toBe(receivedAt);
  });

  test('a wild time next to good ones is dropped alone', async () => {
    const { config, redis, post } = await openDoor();
    const heardAt = Date.now() - 200;
    const sightings = [one({ heardAt }).sightings[0], one({ heardAt: heardAt + 3_600_000 }).sightings[0]];
    expect((await post('g1', { sightings })).body).toEqual({ taken: 1, readings: 0, dropped: { 'bad-clock': 1 } });
    expect(await sightingsIn(redis, config)).toMatchObject([{ heardAt }]);
  });

  test('a flood from one gateway is answered 429, the others are not', async () => {
    const { post } = await openDoor({ GATEWAY_MESSAGES_PER_S: '5' });
    const before = await droppedAtDoor('flood');
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('g1', one())));
    const refused = answers.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThanOrEqual(35);
    expect(answers).toHaveLength(refused + answers.filter(({ status }) => status === 202).length);
    expect(await droppedAtDoor('flood')).toBe(before + refused);
    expect((await post('g2', one())).status).toBe(202);
  });
});

describe('when the stream is away', () => {
  test('Redis stopped: 503 with Retry-After; started again: taken', async () => {
    const own = await ownRedis();
    const { config, redis, post } = await openDoor({ REDIS_URL: own.url });
    expect((await post('g1', one())).status).toBe(202);
    await own.stop();
    const refused = await post('g1', one());
    expect(refused).toMatchObject({ status: 503, body: { reason: 'redis-away' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await own.startAgain();
    await waitFor('the door to take again', async () => (await post('g1', one())).status === 202);
    await waitFor('Redis to answer the test', () => redis.commands.status === 'ready');
    expect(await sightingsIn(redis, config)).toHaveLength(2);
  });

  test('the answer waits until Redis has the sightings', async () => {
    const own = await ownRedis();
    const { config, redis, post } = await openDoor({ REDIS_URL: own.url });
    const other = redis.connect();
    await other.call('CLIENT', 'PAUSE', 60_000, 'WRITE');
    let isAnswered = false;
    const answer = post('g1', one()).then((it) => {
      isAnswered = true;
      return it;
    });
    await waitFor('the write to reach Redis', async () => {
      const clients = String(await other.call('CLIENT', 'LIST'));
      return clients.includes('flags=b');
    });
    expect(isAnswered).toBe(false);
    await other.call('CLIENT', 'UNPAUSE');
    expect((await answer).status).toBe(202);
    expect(await sightingsIn(redis, config)).toHaveLength(1);
  });

  test('too many waiting for tracking: 503, and taken again when they are gone', async () => {
    const { config, redis, post } = await openDoor({ SIGHTINGS_WAITING_MAX: '1000' });
    const batch = { sightings: Array.from({ length: 20 }, () => one().sightings[0]) };
    for (let i = 0; i < 1_000; i++) await post(i % 2 === 0 ? 'g1' : 'g2', batch);
    expect(await post('g1', batch)).toMatchObject({ status: 503, body: { reason: 'backlog' } });
    for (let shard = 0; shard < config.shards; shard++) await redis.commands.del(redis.keys.shard(shard).sightings);
    await waitFor('the door to take again', async () => (await post('g1', batch)).status === 202);
  });

  test('before any gateway is known nothing is judged: 503', async () => {
    const config = privateConfig();
    await privateRedis(config);
    const app = await openDoors(config);
    const answer = await app.inject({ method: 'POST', url: '/api/gateways/g1/messages', payload: one() });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ reason: 'not-ready' });
  });
});
