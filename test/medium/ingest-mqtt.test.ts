import { connectAsync, type MqttClient } from 'mqtt';
import { register } from 'prom-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Broker, startBroker } from '../../src/embedded/broker';
import { MqttDoor } from '../../src/ingest/mqtt-door';
import { enrol, openDoors, ownRedis, sightingsIn } from '../support/doors';
import { privateConfig, privateRedis } from '../support/private-services';
import { waitFor } from '../support/wait-for';

const pump = 'ac233fa1164d';
const enrolled = { tags: { [pump]: 'asset' }, gateways: ['g1', 'g2'] };
const topic = 'whereabouts/gateways/g1/messages';
const batch = (rssi: number) => JSON.stringify({ sightings: [{ tagId: pump, rssi }] });

async function publisher(broker: Broker): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { reconnectPeriod: 100 });
  client.on('error', () => undefined);
  onTestFinished(() => client.endAsync(true));
  return client;
}

async function dropped(reason: string): Promise<number> {
  const metric = await register.getSingleMetric('whereabouts_dropped_total')?.get();
  return metric?.values.find(({ labels }) => labels['reason'] === reason)?.value ?? 0;
}

describe('the embedded broker', () => {
  async function open(settings: Readonly<Record<string, string>> = {}) {
    const config = privateConfig(settings);
    const redis = await privateRedis(config);
    await enrol(redis, enrolled);
    const door = (await openDoors(config)).get(MqttDoor);
    const broker = await startBroker({ host: '127.0.0.1', port: 0, onPublish: (...it) => door.accept(...it) });
    onTestFinished(() => broker.stop());
    return { config, redis, client: await publisher(broker) };
  }

  test('an acknowledged message is in the stream', async () => {
    const { config, redis, client } = await open();
    await client.publishAsync(topic, batch(-71), { qos: 1 });
    expect(await sightingsIn(redis, config)).toMatchObject([{ tagId: pump, gatewayId: 'g1', rssi: -71 }]);
  });

  test("vendors' topics lead to their decoders", async () => {
    const { config, redis, client } = await open();
    const device = JSON.stringify({ mac: pump, id: pump, rssi: -60 });
    await client.publishAsync(`espresense/devices/${pump}/g2`, device, { qos: 1 });
    await client.publishAsync('espresense/rooms/g2/status', 'online', { qos: 1, retain: true });
    const entry = { mac: pump, rssi: -61, timestamp: new Date().toISOString() };
    await client.publishAsync('/gw/g1/status', JSON.stringify([{ gateway: 'g1' }, entry]), { qos: 1 });
    expect((await sightingsIn(redis, config)).map(({ gatewayId, rssi }) => [gatewayId, rssi])).toEqual([
      ['g2', -60],
      ['g1', -61],
    ]);
  });

  test("a tag's sightings keep the order in which they were sent", async () => {
    const { config, redis, client } = await open();
    const strengths = Array.from({ length: 120 }, (_, i) => -1 - i);
    await Promise.all(strengths.map((rssi) => client.publishAsync(topic, batch(rssi), { qos: 1 })));
    expect((await sightingsIn(redis, config)).map(({ rssi }) => rssi)).toEqual(strengths);
  });

  test('restarted in mid-stream, the stream has all that was acknowledged, in order', async () => {
    const config = privateConfig();
    const redis = await privateRedis(config);
    await enrol(redis, enrolled);
    const door = (await openDoors(config)).get(MqttDoor);
    const start = (port: number) => startBroker({ host: '127.0.0.1', port, onPublish: (...it) => door.accept(...it) });
    const first = await start(0);
    const client = await publisher(first);
    const strengths = Array.from({ length: 100 }, (_, i) => -1 - i);
    let acknowledged = 0;
    const published = strengths.map(async (rssi) => {
      await client.publishAsync(topic, batch(rssi), { qos: 1 });
      acknowledged += 1;
    });
    await waitFor('some to be acknowledged', () => acknowledged > 0);
    await first.stop();
    const second = await start(first.port);
    onTestFinished(() => second.stop());
    await Promise.all(published);
    // What was taken and not yet acknowledged comes again: tracking knows it.
    const taken = (await sightingsIn(redis, config)).map(({ rssi }) => rssi);
    expect([...new Set(taken)]).toEqual(strengths);
  });

  test('while Redis is away nothing is acknowledged at QoS 1; when it is back all of it is taken', async () => {
    const own = await ownRedis();
    const { config, redis, client } = await open({ REDIS_URL: own.url });
    await own.stop();
    let isAcknowledged = false;
    const strengths = Array.from({ length: 20 }, (_, i) => -71 - i);
    const published = Promise.all(
      strengths.map((rssi) =>
        client.publishAsync(topic, batch(rssi), { qos: 1 }).then(() => {
          isAcknowledged = true;
        }),
      ),
    );
    const lost = await dropped('redis-away');
    await client.publishAsync('whereabouts/gateways/g2/messages', batch(-50), { qos: 0 });
    await waitFor('the message at QoS 0 to be counted', async () => (await dropped('redis-away')) > lost);
    expect(isAcknowledged).toBe(false);
    await own.startAgain();
    await published;
    await waitFor('Redis to answer the test', () => redis.commands.status === 'ready');
    expect((await sightingsIn(redis, config)).map(({ rssi }) => rssi)).toEqual(strengths);
  });

  test('binary on a JSON topic, and 10 MB, are acknowledged, counted and change nothing', async () => {
    const { config, redis, client } = await open();
    const before = [await dropped('bad-json'), await dropped('too-large')];
    await client.publishAsync(topic, Buffer.from([0xbb, 0x01, 0x00, 0xff, 0xfe]), { qos: 1 });
    await client.publishAsync(topic, Buffer.alloc(10 * 1_048_576, 0x20), { qos: 1 });
    await client.publishAsync('zigbee/light/set', 'ON', { qos: 1 });
    expect([await dropped('bad-json'), await dropped('too-large')]).toEqual(before.map((count) => count + 1));
    expect(await sightingsIn(redis, config)).toEqual([]);
    expect(await redis.commands.xlen(redis.keys.dead)).toBe(1);
  });
});

describe('an external broker', () => {
  async function open(settings: Readonly<Record<string, string>> = {}) {
    const broker = await startBroker({ host: '127.0.0.1', port: 0, onPublish: async () => undefined });
    onTestFinished(() => broker.stop());
    const config = privateConfig({ MQTT_URL: broker.url, ...settings });
    const redis = await privateRedis(config);
    await enrol(redis, enrolled);
    return { broker, config, redis, client: await publisher(broker) };
  }

  test('is subscribed to by the usual topics', async () => {
    const { config, redis, client } = await open();
    await openDoors(config);
    await waitFor('a message to come through', async () => {
      await client.publishAsync(topic, batch(-71), { qos: 1 });
      return (await sightingsIn(redis, config)).length > 0;
    });
  });

  test('is subscribed to by the topics of the settings, and what comes is told by its content', async () => {
    const { config, redis, client } = await open({ MQTT_TOPICS: 'hospital/+/ble, other/#' });
    await openDoors(config);
    const minew = JSON.stringify([{ gateway: 'g1' }, { mac: pump, rssi: -61 }]);
    await waitFor('a message to come through', async () => {
      await client.publishAsync('other/minew', minew, { qos: 1 });
      return (await sightingsIn(redis, config)).length > 0;
    });
  });

  test('keeps what comes while we are away, and has our acknowledgement only when the stream has it', async () => {
    const own = await ownRedis();
    const { config, redis, client } = await open({ REDIS_URL: own.url });
    const first = await openDoors(config);
    await waitFor('the subscription', async () => {
      await client.publishAsync(topic, batch(-1), { qos: 1 });
      return (await sightingsIn(redis, config)).length > 0;
    });
    await own.stop();
    await client.publishAsync(topic, batch(-71), { qos: 1 });
    await first.close();
    await client.publishAsync(topic, batch(-72), { qos: 1 });
    await own.startAgain();
    await waitFor('Redis to answer the test', () => redis.commands.status === 'ready');
    await openDoors(config);
    await waitFor('both messages', async () => {
      const strengths = (await sightingsIn(redis, config)).map(({ rssi }) => rssi);
      return strengths.includes(-71) && strengths.includes(-72);
    });
  });

  test('that comes back without its sessions is subscribed to again', async () => {
    const { broker, config, redis, client } = await open();
    await openDoors(config);
    await waitFor('the subscription', async () => {
      await client.publishAsync(topic, batch(-1), { qos: 1 });
      return (await sightingsIn(redis, config)).length > 0;
    });
    await broker.stop();
    const sent = client.publishAsync(topic, batch(-71), { qos: 1 });
    const again = await startBroker({ host: '127.0.0.1', port: broker.port, onPublish: async () => undefined });
    onTestFinished(() => again.stop());
    await sent;
    await waitFor('messages to come through again', async () => {
      await client.publishAsync(topic, batch(-72), { qos: 1 });
      return (await sightingsIn(redis, config)).some(({ rssi }) => rssi === -72);
    });
  });
});
