import { expect, test } from 'vitest';
import { enrol, openDoors, sightingsIn } from '../support/doors';
import { privateConfig, privateRedis } from '../support/private-services';

const pump = 'ac233fa1164d';

async function door(settings: Readonly<Record<string, string>> = {}) {
  const config = privateConfig(settings);
  const redis = await privateRedis(config);
  await enrol(redis, { tags: { [pump]: 'asset', c0ffee000001: 'badge' }, gateways: ['g1', 'g2'] });
  const app = await openDoors(config);
  const post = (gateway: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/gateways/${gateway}/messages`,
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
  return { config, redis, app, post };
}

test('a batch is answered 202 with counts when its sightings are in the stream', async () => {
  const { config, redis, post } = await door();
  const heardAt = Date.now() - 100;
  const answer = await post('g1', {
    sightings: [
      { tagId: 'AC:23:3F:A1:16:4D', rssi: '-71', heardAt },
      { tagId: 'c0ffee000001', rssi: -60 },
      { tagId: 'a-visitor', rssi: -60 },
      { tagId: pump, rssi: 99 },
    ],
  });
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toEqual({ taken: 1, readings: 0, dropped: { badge: 1, 'unknown-tag': 1, 'bad-rssi': 1 } });
  expect(await sightingsIn(redis, config)).toMatchObject([{ tagId: pump, gatewayId: 'g1', rssi: -71, heardAt }]);
});
