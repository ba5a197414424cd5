import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { BadInputError } from '../score/read-ndjson';
import type { Door, GatewayMessage } from '../vendor-formats';

/** How the doors answered. */
export interface Answers {
  sent: number;
  acknowledged: number;
  /** Refused, by HTTP status or error. */
  readonly refused: Map<string, number>;
}

const mostUnanswered = 200;
const retries = 60;

/** Sends messages to both doors, those of one gateway in order, at most so many unanswered. */
export class Senders {
  readonly answers: Answers = { sent: 0, acknowledged: 0, refused: new Map() };
  readonly #unanswered = new Set<Promise<void>>();
  /** The last post of each path, which the next waits for. */
  readonly #posts = new Map<string, Promise<void>>();

  private constructor(
    private readonly mqtt: MqttClient | null,
    private readonly httpUrl: string,
  ) {}

  /** Connects to what the recording needs. @throws BadInputError when nobody answers there */
  static async open(doors: ReadonlySet<Door>, mqttUrl: string, httpUrl: string): Promise<Senders> {
    if (!doors.has('mqtt')) return new Senders(null, httpUrl);
    const client = await connectAsync(mqttUrl, { reconnectPeriod: 1_000, connectTimeout: 5_000 }, false).catch(
      (error: unknown) => {
        throw new BadInputError(`No MQTT broker answers at ${mqttUrl} (${reasonOf(error)}).`);
      },
    );
    client.on('error', () => undefined);
    return new Senders(client, httpUrl);
  }

  async send(message: GatewayMessage): Promise<void> {
    while (this.#unanswered.size >= mostUnanswered) await Promise.race(this.#unanswered);
    this.answers.sent++;
    const answered = (message.door === 'mqtt' ? this.#publish(message) : this.#postInTurn(message)).catch(
      (error: unknown) => this.#refused(reasonOf(error)),
    );
    const tracked = answered.finally(() => this.#unanswered.delete(tracked));
    this.#unanswered.add(tracked);
  }

  /** Waits for every answer. */
  async end(): Promise<void> {
    await Promise.all(this.#unanswered);
    await this.mqtt?.endAsync();
  }

  async #publish({ topic = '', payload }: GatewayMessage): Promise<void> {
    await this.mqtt?.publishAsync(topic, payload, { qos: 1 });
    this.answers.acknowledged++;
  }

  #postInTurn(message: GatewayMessage): Promise<void> {
    const { path = '' } = message;
    const before = this.#posts.get(path) ?? Promise.resolve();
    const mine = before.then(() => this.#post(path, message));
    this.#posts.set(
      path,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** A door that is busy says when to come again. */
  async #post(path: string, { payload, contentType }: GatewayMessage): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const body = new Uint8Array(payload);
      const headers = { 'content-type': contentType };
      const answer = await fetch(new URL(path, this.httpUrl), { method: 'POST', headers, body });
      await answer.arrayBuffer();
      if (answer.ok) {
        this.answers.acknowledged++;
        return;
      }
      if (answer.status !== 503 || attempt >= retries) {
        this.#refused(`HTTP ${answer.status}`);
        return;
      }
      await pause(1000 * Number(answer.headers.get('retry-after') ?? 1));
    }
  }

  #refused(reason: string): void {
    this.answers.refused.set(reason, (this.answers.refused.get(reason) ?? 0) + 1);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return error.cause.message;
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}
