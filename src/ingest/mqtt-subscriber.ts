import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { connect, type IPublishPacket, type MqttClient, type Packet } from 'mqtt';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { usualTopics } from './decoders/formats';
import { MqttDoor } from './mqtt-door';

/** Messages on their way to the stream at once; beyond, reading from the broker waits. */
const atOnceMax = 1_000;

/** PUBACK of MQTT 3.1.1: packet type 4, two bytes follow, the message's id. */
const acknowledgement = (messageId: number): Buffer => Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]);

/**
 * Subscribes to an external broker, when one is configured. The session outlives us (`clean: false`), so the broker
 * keeps what comes at QoS 1 while we are away; it has our acknowledgement of a message when the stream has it.
 */
@Injectable()
export class MqttSubscriber implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger('Mqtt');
  #client: MqttClient | undefined;
  #atOnce = 0;
  #readOn: (() => void) | null = null;
  /** Ids of messages the client must not acknowledge by itself, until it hands them over. */
  readonly #toAcknowledge = new WeakMap<IPublishPacket, number>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly door: MqttDoor,
  ) {}

  onApplicationBootstrap(): void {
    const { mqttUrl: url, mqttClientId: clientId, mqttTopics: topics = usualTopics } = this.config;
    if (url === undefined) return;
    const client = connect(url, {
      clientId,
      clean: false,
      protocolVersion: 4,
      reconnectPeriod: 1_000,
      // Topics are subscribed to on every connection, in case the broker lost our session.
      resubscribe: false,
    });
    this.#client = client;
    client.on('packetreceive', (packet) => this.#keepFromAcknowledging(packet));
    client.handleMessage = (packet, readOn) => this.#take(client, packet, readOn);
    client.on('connect', () => this.#subscribe(client, topics));
    this.#reportAbsence(client, url);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#client?.endAsync();
  }

  #subscribe(client: MqttClient, topics: readonly string[]): void {
    client
      .subscribeAsync([...topics], { qos: 1 })
      .catch((error: unknown) => this.#log.warn(`Not subscribed to ${topics.join(', ')}: ${String(error)}`));
  }

  /**
   * The client acknowledges one message at a time and reads none meanwhile, one round trip to Redis each; brokers drop
   * what a slow subscriber leaves waiting. So it sees QoS 0, which it does not acknowledge, and we do.
   */
  #keepFromAcknowledging(packet: Packet): void {
    if (packet.cmd !== 'publish' || packet.qos !== 1 || packet.messageId === undefined) return;
    this.#toAcknowledge.set(packet, packet.messageId);
    packet.qos = 0;
  }

  /** The client hands over the next message when `readOn` is called. */
  #take(client: MqttClient, packet: IPublishPacket, readOn: () => void): void {
    const { topic, payload } = packet;
    const messageId = this.#toAcknowledge.get(packet);
    const { stream } = client;
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    this.#atOnce++;
    // Given up only when we stop: then the broker has no acknowledgement and sends it again.
    this.door
      .accept(topic, bytes, messageId === undefined ? 0 : 1, Infinity)
      .then(() => {
        // On another connection the broker sends it again; sightings that come twice are known downstream.
        if (messageId !== undefined && client.connected && client.stream === stream) {
          stream.write(acknowledgement(messageId));
        }
      })
      .catch((error: unknown) => this.#log.warn(String(error)))
      .finally(() => this.#makeRoom());
    if (this.#atOnce < atOnceMax) readOn();
    else this.#readOn = readOn;
  }

  #makeRoom(): void {
    this.#atOnce--;
    const readOn = this.#readOn;
    this.#readOn = null;
    readOn?.();
  }

  /** Once when it goes, once when it is back. */
  #reportAbsence(client: MqttClient, url: string): void {
    let isAway = false;
    const report = (sentence: string): void => {
      if (!isAway) this.#log.warn(sentence);
      isAway = true;
    };
    client.on('error', (error) => report(`The broker at ${url} cannot be reached: ${error.message}`));
    client.on('close', () => report(`The broker at ${url} is away`));
    client.on('connect', () => {
      this.#log.log(`Listening to ${url}`);
      isAway = false;
    });
  }
}
