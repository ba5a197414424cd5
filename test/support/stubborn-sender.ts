import { setTimeout as wait } from 'node:timers/promises';
import type { Sighting, SiteModel, TagId } from '../../src/core';
import { heardAt } from './two-rooms';

/** What a gateway reports at one instant: every tag it hears. */
type Message = readonly Sighting[];

/**
 * The gateways of the plan, speaking one after the other over HTTP. A message that is not acknowledged is sent again
 * until it is; the next is made only then. So what was acknowledged is known, and in which order.
 */
export class StubbornSender {
  readonly acknowledged: Sighting[] = [];
  /** Attempts that were not acknowledged: refused, cut off or never answered. */
  failures = 0;
  messages = 0;
  #stopped = false;
  readonly #startedAt = Date.now();

  constructor(
    private readonly url: string,
    private readonly model: SiteModel,
    private readonly tags: readonly TagId[],
    /** How many of the plan's gateways it speaks for: the first ones. */
    private readonly gateways = model.gateways.length,
  ) {}

  async run(): Promise<void> {
    while (!this.#stopped) {
      for (const [i, gateway] of this.model.gateways.slice(0, this.gateways).entries()) {
        await this.#deliver(gateway.id, this.#hear(i));
        await wait(10);
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Tags walk to and fro, each from a place of its own. */
  #hear(gateway: number): Message {
    const now = Date.now();
    return this.tags.flatMap((tagId, i) => {
      const along = ((now - this.#startedAt) * 0.0015 + 7 * i) % 72;
      const x = 2 + (along <= 36 ? along : 72 - along);
      return heardAt(this.model, tagId, [x, 6], now)[gateway] ?? [];
    });
  }

  async #deliver(gatewayId: string, message: Message): Promise<void> {
    const sightings = message.map(({ tagId, rssi, heardAt: at }) => ({ tagId, rssi, heardAt: at }));
    const body = JSON.stringify({ sightings });
    while (!(await this.#isAcknowledged(gatewayId, body, message.length))) {
      this.failures += 1;
      await wait(50);
    }
    this.messages += 1;
    this.acknowledged.push(...message);
  }

  async #isAcknowledged(gatewayId: string, body: string, length: number): Promise<boolean> {
    let response: Response;
    try {
      response = await fetch(`${this.url}/api/gateways/${gatewayId}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(15_000),
      });
    } catch {
      // Refused, cut off or not answered: the caller counts it and sends again.
      return false;
    }
    const answer: unknown = await response.json();
    if (response.status === 503) return false;
    if (response.status === 202 && isTaken(answer, length)) return true;
    throw new Error(`The door answered ${response.status}: ${JSON.stringify(answer)}`);
  }
}

const isTaken = (answer: unknown, length: number): boolean =>
  typeof answer === 'object' && answer !== null && 'taken' in answer && answer.taken === length;
