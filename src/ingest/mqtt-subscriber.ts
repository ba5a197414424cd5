import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { connect, type IPublishPacket, type MqttClient } from 'mqtt';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { usualTopics } from './decoders/formats';
import { MqttDoor } from './mqtt-door';

/** Messages at QoS 0 taken at once; beyond, reading from the broker waits. */
const atOnceMax = 500;

/**
 * Subscribes to an external broker, when one is configured. The session outlives us (`clean: false`), so the broker
 * keeps what comes at QoS 1 while we are away; it has our acknowledgement of a message when the stream has it, one
 * message after the other.
 */
@Injectable()
export class MqttSubscriber implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger('Mqtt');
  #client: MqttClient | undefined;
  #atOnce = 0;
  #waitingForRoom: (() => void)[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly door: MqttDoor,
  ) {}

  onApplicationBootstrap(): void {
    const { mqttUrl, mqttClientId, mqttTopics } = this.config;
    if (mqttUrl === undefined) return;
    const client = connect(mqttUrl, {
      clientId: mqttClientId,
      clean: false,
      protocolVersion: 4,
      reconnectPeriod: 1_000,
      // Topics are subscribed to on every connection, in case the broker lost our session.
      resubscribe: false,
    });
    this.#client = client;
    client.handleMessage = (packet, acknowledge) => this.#take(packet, acknowledge);
    client.on('connect', () => this.#subscribe(client, mqttTopics ?? usualTopics));
    client.on('error', (error) => this.#log.warn(`The broker at ${mqttUrl} refused: ${error.message}`));
    let isAway = false;
    client.on('close', () => {
      if (!isAway) this.#log.warn(`The broker at ${mqttUrl} is away`);
      isAway = true;
    });
    client.on('connect', () => {
      this.#log.log(`Listening to ${mqttUrl}`);
      isAway = false;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#client?.endAsync();
  }

  #subscribe(client: MqttClient, topics: readonly string[]): void {
    client
      .subscribeAsync([...topics], { qos: 1 })
      .catch((error: unknown) => this.#log.warn(`Not subscribed to ${topics.join(', ')}: ${String(error)}`));
  }

  /** The client sends its acknowledgement, and reads on, when `acknowledge` is called. */
  #take({ topic, payload, qos }: IPublishPacket, acknowledge: () => void): void {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    if (qos === 0) {
      this.#takeAtOnce(topic, bytes, acknowledge);
      return;
    }
    // Given up only when we stop: then the broker has no acknowledgement and sends it again.
    this.door.accept(topic, bytes, qos, Infinity).then(acknowledge, (error: unknown) => this.#log.warn(String(error)));
  }

  #takeAtOnce(topic: string, payload: Buffer, readOn: () => void): void {
    this.#atOnce++;
    this.door
      .accept(topic, payload, 0)
      .catch((error: unknown) => this.#log.error(String(error)))
      .finally(() => {
        this.#atOnce--;
        this.#waitingForRoom.shift()?.();
      });
    if (this.#atOnce < atOnceMax) readOn();
    else this.#waitingForRoom.push(readOn);
  }
}
