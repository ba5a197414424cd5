import { Agent, request } from 'node:http';
import type { GatewayMessage } from '../vendor-formats';
import { MqttLane } from './mqtt-lane';

/** Sends one message and resolves when the door has acknowledged it. */
export interface Sender {
  send(message: GatewayMessage): Promise<void>;
  end(): Promise<void>;
}

/** HTTP over kept connections; anything but 202 is an error. */
export function httpSender(url: string, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const send = (message: GatewayMessage): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': message.contentType, 'content-length': message.payload.length };
      const sent = request({ agent, hostname, port, path: message.path, method: 'POST', headers }, (response) => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode === 202) resolve();
          else reject(new Error(`${message.path} answered ${response.statusCode}`));
        });
      });
      sent.once('error', reject);
      sent.end(message.payload);
    });
  return { send, end: async () => agent.destroy() };
}

/** MQTT at QoS 1 over a few connections: resolves with the broker's acknowledgement. */
export async function mqttSender(url: string, connections: number): Promise<Sender> {
  const lanes = await Promise.all(
    Array.from({ length: connections }, (_, i) => MqttLane.open(url, `bench-${process.pid}-${i}`)),
  );
  let next = 0;
  return {
    send: ({ topic, payload }) => {
      const lane = lanes[next++ % lanes.length];
      if (topic === undefined || lane === undefined) throw new Error('The message has no topic');
      return lane.publish(topic, payload);
    },
    end: async () => {
      await Promise.all(lanes.map((lane) => lane.end()));
    },
  };
}
