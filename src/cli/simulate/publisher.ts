import { connectAsync, type MqttClient } from 'mqtt';
import type { GatewayMessage } from '../vendor-formats';

/** Messages handed to the socket and not yet on their way; above it the newest are left out, as a radio would. */
const mostWaiting = 5_000;

/** Sends what gateways say over one MQTT connection, as a bridge of many gateways does. */
export class Publisher {
  sent = 0;
  /** Left out because the broker was away or slow. */
  leftOut = 0;
  #waiting = 0;

  private constructor(private readonly client: MqttClient) {}

  static async connect(url: string): Promise<Publisher> {
    const client = await connectAsync(url, { clientId: `simulator-${process.pid}`, reconnectPeriod: 1_000 });
    // A broker that goes away is waited for; what gateways say meanwhile is lost, as it is in a hospital.
    client.on('error', () => undefined);
    return new Publisher(client);
  }

  publish({ topic, payload }: GatewayMessage): void {
    if (topic === undefined) return;
    if (!this.client.connected || this.#waiting >= mostWaiting) {
      this.leftOut++;
      return;
    }
    this.#waiting++;
    this.client.publish(topic, payload, { qos: 0 }, () => {
      this.#waiting--;
      this.sent++;
    });
  }

  async end(): Promise<void> {
    await this.client.endAsync();
  }
}
