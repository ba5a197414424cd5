import type { Gateway } from '../../core';
import {
  type GatewayMessage,
  type HeardTag,
  isVendorFormat,
  type VendorFormatName,
  vendorFormats,
} from '../vendor-formats';
import type { Random } from './random';
import type { Heard } from './tag';

/** Time between the messages of a gateway whose format gathers, ms. */
const gatherMs = 1_000;
/** Outages: a gateway restarts about once in eight hours and is away for a few minutes. */
const meanUpMs = 8 * 3_600_000;
const meanDownMs = 3 * 60_000;

/** One gateway as hardware: its clock drifts, it restarts, it gathers what it heard. */
export class GatewayBox {
  readonly format: VendorFormatName;
  readonly #clockOffsetMs: number;
  readonly #clockDriftPpm: number;
  readonly #random: Random;
  readonly #startedAt: number;
  #waiting: HeardTag[] = [];
  #sendAt: number;
  #downAt: number;
  #upAt = 0;

  constructor(
    readonly gateway: Gateway,
    random: Random,
    now: number,
  ) {
    const { format } = gateway;
    this.format = format !== null && isVendorFormat(format) ? format : 'json';
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

  /** The messages to be sent now, as the vendor's firmware writes them. */
  send(now: number): GatewayMessage[] {
    if (this.#waiting.length === 0 || (vendorFormats[this.format].gathers && now < this.#sendAt)) return [];
    this.#sendAt = now + gatherMs;
    const sent = this.#waiting;
    this.#waiting = [];
    return vendorFormats[this.format].encode(this.gateway.id, sent, 'mqtt');
  }
}

/** Most clocks are kept by the network; one in thirty is minutes or an hour off. */
function clockOffset(random: Random): number {
  if (!random.chance(1 / 30)) return random.normal(0, 40);
  return random.pick([-3_600_000, -95_000, 140_000, 3_600_000]);
}
