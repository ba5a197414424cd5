import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { dropped } from '../health/dropped';
import { type DoorMessage, Intake } from './intake';
import { StreamAway } from './sighting.writer';

export type QualityOfService = 0 | 1 | 2;

interface Waiting {
  readonly message: DoorMessage;
  /** Epoch ms after which its sender is told to keep it. */
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const retryEveryMs = 250;
/** Messages that may wait here for the stream; a sender holds what does not fit. */
const waitingMax = 5_000;

/** The MQTT door, for whoever has the messages: the embedded broker, or the subscriber to an external one. */
@Injectable()
export class MqttDoor implements BeforeApplicationShutdown, OnApplicationShutdown {
  /** In order of arrival, so that a tag's sightings stay in line while the stream is away. */
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Whether the stream took what was offered last. */
  #isBack = false;
  #isClosing = false;

  constructor(private readonly intake: Intake) {}

  /**
   * Resolves when the message may be acknowledged: its sightings are in the stream, or it was dropped or put aside for
   * good. While the stream is away a message at QoS 0 is dropped, counted; at QoS 1 and 2 it waits for `patienceMs` and
   * is then rejected with `StreamAway`: it must stay unacknowledged, so that its sender keeps it.
   */
  async accept(topic: string, payload: Buffer, qos: QualityOfService, patienceMs = 5_000): Promise<void> {
    const receivedAt = Date.now();
    const message = { door: 'mqtt', address: topic, pathGateway: null, payload, receivedAt } as const;
    if (qos > 0 && this.#waiting.length > 0) return this.#wait(message, receivedAt + patienceMs);
    try {
      await this.intake.take(message);
    } catch (error) {
      if (!(error instanceof StreamAway)) throw error;
      if (qos > 0) return this.#wait(message, receivedAt + patienceMs);
      dropped.inc({ step: 'door', reason: error.reason });
    }
  }

  /** What still waits stays with its sender. */
  beforeApplicationShutdown(): void {
    this.#isClosing = true;
    this.#turnAway(() => true);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  #wait(message: DoorMessage, until: number): Promise<void> {
    if (this.#isClosing || this.#waiting.length >= waitingMax) {
      return Promise.reject(new StreamAway('redis-away', 'too many messages wait for the stream'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, until, resolve, reject });
      this.#timer ??= setTimeout(() => void this.#retry(), retryEveryMs);
    });
  }

  /** Offers the stream the oldest, and all others in order once it took that; what it does not take waits on. */
  async #retry(): Promise<void> {
    const offered = this.#waiting.slice(0, this.#isBack ? waitingMax : 1);
    this.#waiting = this.#waiting.slice(offered.length);
    const answers = await Promise.allSettled(
      offered.map(({ message }) => this.intake.take({ ...message, isRepeat: true })),
    );
    this.#isBack = answers.every(({ status }) => status === 'fulfilled');
    const still: Waiting[] = [];
    for (const [i, waiting] of offered.entries()) {
      const answer = answers[i];
      if (answer?.status !== 'rejected') waiting.resolve();
      else if (answer.reason instanceof StreamAway && !this.#isClosing) still.push(waiting);
      else waiting.reject(answer.reason);
    }
    this.#waiting = [...still, ...this.#waiting];
    const now = Date.now();
    this.#turnAway(({ until }) => until <= now);
    const isMore = this.#waiting.length > 0;
    this.#timer = isMore ? setTimeout(() => void this.#retry(), this.#isBack ? 0 : retryEveryMs) : undefined;
    if (!isMore) this.#isBack = false;
  }

  #turnAway(isDone: (waiting: Waiting) => boolean): void {
    const [gone, still] = [this.#waiting.filter(isDone), this.#waiting.filter((waiting) => !isDone(waiting))];
    this.#waiting = still;
    for (const { reject } of gone) reject(new StreamAway('redis-away', 'the stream did not come back in time'));
  }
}
