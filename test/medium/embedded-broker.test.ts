import { connectAsync, type MqttClient } from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Broker, type BrokerOptions, startBroker } from '../../src/embedded/broker';
import { waitFor } from '../support/wait-for';

async function start(onPublish: BrokerOptions['onPublish'], port = 0): Promise<Broker> {
  const broker = await startBroker({ host: '127.0.0.1', port, onPublish });
  onTestFinished(() => broker.stop());
  return broker;
}

async function connect(broker: Broker): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { reconnectPeriod: 20 });
  onTestFinished(() => client.endAsync(true));
  return client;
}

/** A promise and the way to keep it. */
function promised(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

describe('embedded MQTT broker', () => {
  test('acknowledges a message when it has been taken, not before', async () => {
    const taken = promised();
    const asked: string[] = [];
    const broker = await start((topic) => {
      asked.push(topic);
      return taken.promise;
    });
    const client = await connect(broker);
    let acknowledged = false;
    const published = client.publishAsync('espresense/devices/1/room', '{}', { qos: 1 });
    void published.then(() => (acknowledged = true));
    await waitFor('the message to arrive', () => asked.length === 1);
    // A round trip of the same connection, to the broker and back.
    await client.subscribeAsync('nothing');
    expect(acknowledged).toBe(false);
    taken.resolve();
    await published;
    expect(asked).toEqual(['espresense/devices/1/room']);
  });

  test('leaves a refused message with its sender, who sends it again', async () => {
    let refusals = 2;
    const payloads: string[] = [];
    const broker = await start(async (_topic, payload) => {
      if (refusals-- > 0) throw new Error('the stream is away');
      payloads.push(payload.toString());
    });
    const client = await connect(broker);
    await client.publishAsync('a', 'one', { qos: 1 });
    expect(payloads).toEqual(['one']);
  });

  test('goes on after a refused message at QoS 0', async () => {
    const payloads: string[] = [];
    const broker = await start(async (_topic, payload) => {
      payloads.push(payload.toString());
      throw new Error('the stream is away');
    });
    const client = await connect(broker);
    await client.publishAsync('a', 'one', { qos: 0 });
    await client.publishAsync('a', 'two', { qos: 0 });
    await waitFor('both messages', () => payloads.length === 2);
    expect(client.connected).toBe(true);
  });

  test('keeps no message for later subscribers', async () => {
    const broker = await start(async () => undefined);
    const client = await connect(broker);
    await client.publishAsync('a', 'kept?', { qos: 1, retain: true });
    const received: string[] = [];
    client.on('message', (_topic, payload) => received.push(payload.toString()));
    await client.subscribeAsync('a');
    await client.publishAsync('a', 'now', { qos: 1 });
    await waitFor('the message of now', () => received.length > 0);
    expect(received).toEqual(['now']);
  });

  test('acknowledges each of many messages on many connections, whoever listens', async () => {
    const broker = await start(async () => undefined);
    const clients = await Promise.all(Array.from({ length: 5 }, () => connect(broker)));
    const publishAll = () =>
      Promise.all(
        clients.flatMap((client) =>
          Array.from({ length: 50 }, (_, i) => client.publishAsync(`a/${i}`, '', { qos: 1 })),
        ),
      );
    await publishAll();
    const [listener] = clients;
    const received: string[] = [];
    listener?.on('message', (topic, _, { qos }) => received.push(`${topic} ${qos}`));
    await listener?.subscribeAsync('a/7', { qos: 1 });
    await publishAll();
    await waitFor('what each of them published', () => received.length === clients.length);
    expect(new Set(received)).toEqual(new Set(['a/7 1']));
    await listener?.endAsync();
    await clients[1]?.publishAsync('a/7', '', { qos: 1 });
  });

  test('says which setting to change when its port is in use', async () => {
    const { port } = await start(async () => undefined);
    await expect(start(async () => undefined, port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use by another program: set MQTT_PORT to another port, or stop that program.`,
    );
  });

  test('answers what it took before it stops', async () => {
    const taken = promised();
    const asked: string[] = [];
    const broker = await start((topic) => {
      asked.push(topic);
      return taken.promise;
    });
    const client = await connect(broker);
    const published = client.publishAsync('a', 'one', { qos: 1 });
    await waitFor('the message to arrive', () => asked.length === 1);
    const stopped = broker.stop();
    taken.resolve();
    await Promise.all([published, stopped]);
  });
});
