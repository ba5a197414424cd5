import type { Gateway } from '../../core';
import type { Random } from './random';
import type { Heard } from './tag';

/** A sighting as the gateway's own clock stamps it. */
export interface Stamped {
  readonly tagId: string;
  readonly rssi: number;
  /** The gateway's clock, epoch ms. */
  readonly heardAt: number;
}

/** Formats that send each sighting as it comes; the others gather for a second. */
const atOnce = new Set(['espresense', 'openmqttgateway', 'ruuvi']);
const gatherMs = 1_000;
/** Outages: a gateway restarts about once in eight hours and is away for a few minutes. */
const meanUpMs = 8 * 3_600_000;
const meanDownMs = 3 * 60_000;

/** One gateway as hardware: its clock drifts, it restarts, it gathers what it heard. */
export class GatewayBox {
  readonly format: string;
  readonly #clockOffsetMs: number;
  readonly #clockDriftPpm: number;
  readonly #random: Random;
  readonly #startedAt: number;
  #waiting: Stamped[] = [];
  #sendAt: number;
  #downAt: number;
  #upAt = 0;

  constructor(
    readonly gateway: Gateway,
    random: Random,
    now: number,
  ) {
    this.format = gateway.format ?? 'espresense';
    this.#random = random;
    this.#startedAt = now;
    this.#clockOffsetMs = clockOffset(random);
    this.#clockDriftPpm = random.normal(0, 15);
    this.#sendAt = now + random.between(0, gatherMs);
    this.#downAt = now + random.exponential(meanUpMs);
  }

  /** Whether it is restarting. */
  isDeaf(now: number): boolean {
    if (now < this.#upAt) return true;
    if (now < this.#downAt) return false;
    this.#upAt = now + this.#random.exponential(meanDownMs);
    this.#downAt = this.#upAt + this.#random.exponential(meanUpMs);
    this.#waiting = [];
    return true;
  }

  hear({ tagId, rssi, at }: Heard): void {
    const drift = ((at - this.#startedAt) * this.#clockDriftPpm) / 1e6;
    this.#waiting.push({ tagId, rssi, heardAt: Math.round(at + this.#clockOffsetMs + drift) });
  }

  /** What is to be sent now; empty when nothing is due. */
  take(now: number): readonly Stamped[] {
    if (this.#waiting.length === 0 || (!atOnce.has(this.format) && now < this.#sendAt)) return [];
    this.#sendAt = now + gatherMs;
    const sent = this.#waiting;
    this.#waiting = [];
    return sent;
  }
}

/** Most clocks are kept by the network; one in thirty is minutes or an hour off. */
function clockOffset(random: Random): number {
  if (!random.chance(1 / 30)) return random.normal(0, 40);
  return random.pick([-3_600_000, -95_000, 140_000, 3_600_000]);
}
