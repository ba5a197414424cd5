import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { dropped } from '../health/dropped';
import { Intake } from './intake';
import { StreamAway } from './sighting.writer';

export type QualityOfService = 0 | 1 | 2;

const retryEveryMs = 250;

/** The MQTT door, for whoever has the messages: the embedded broker, or the subscriber to an external one. */
@Injectable()
export class MqttDoor implements BeforeApplicationShutdown {
  #isClosing = false;

  constructor(private readonly intake: Intake) {}

  /**
   * Resolves when the message may be acknowledged: its sightings are in the stream, or it was dropped or put aside for
   * good. While the stream is away a message at QoS 0 is dropped, counted; at QoS 1 and 2 it is tried again for
   * `patienceMs`, then rejected with `StreamAway`: it must stay unacknowledged, so that its sender keeps it.
   */
  async accept(topic: string, payload: Buffer, qos: QualityOfService, patienceMs = 5_000): Promise<void> {
    const receivedAt = Date.now();
    const message = { door: 'mqtt', address: topic, pathGateway: null, payload, receivedAt } as const;
    for (;;) {
      try {
        await this.intake.take(message);
        return;
      } catch (error) {
        if (!(error instanceof StreamAway)) throw error;
        if (qos === 0) {
          dropped.inc({ step: 'door', reason: error.reason });
          return;
        }
        if (this.#isClosing || Date.now() - receivedAt >= patienceMs) throw error;
      }
      await pause(retryEveryMs);
    }
  }

  /** What still waits for the stream stays with its sender. */
  beforeApplicationShutdown(): void {
    this.#isClosing = true;
  }
}
