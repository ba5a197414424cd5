import { gatewayId, type GatewayId, type Site } from '../../core';
import type { Piece } from '../simulate/equipment';
import { routerOf } from '../simulate/on-foot';
import { Simulation } from '../simulate/simulation';
import { type Door, type GatewayMessage, type VendorFormatName, vendorFormats } from '../vendor-formats';
import { inWing } from './wings';

interface Batch {
  readonly gatewayId: GatewayId;
  readonly heard: readonly { readonly tagId: string; readonly rssi: number }[];
}

const steps = 150;
const stepMs = 200;

/**
 * What a hospital's gateways hear, over and over: taken from the simulator, so that every gateway hears the tags near
 * it, and stamped anew whenever it is sent. All wings hear the same of their own tags, in turn.
 */
export class Traffic {
  readonly #batches: readonly Batch[];
  #next = 0;
  #clock = 0;

  /**
   * @param pieces of one wing
   * @param perMessage sightings in one message
   */
  constructor(
    site: Site,
    pieces: readonly Piece[],
    private readonly wings: number,
    perMessage: number,
  ) {
    const simulation = new Simulation({ site, pieces, route: routerOf(site), seed: 1, startAt: 0, strangers: 0 });
    const waiting = new Map<string, { tagId: string; rssi: number }[]>();
    const batches: Batch[] = [];
    for (let step = 0; step < steps; step++) {
      for (const { gatewayId: by, tagId, rssi } of simulation.step(stepMs).heard) {
        const heard = waiting.get(by) ?? [];
        heard.push({ tagId, rssi });
        if (heard.length < perMessage) waiting.set(by, heard);
        else {
          batches.push({ gatewayId: gatewayId(by), heard });
          waiting.delete(by);
        }
      }
    }
    this.#batches = batches;
  }

  /** The next message. No gateway hears a tag twice in the same millisecond: time moves on at least so far. */
  next(format: VendorFormatName, door: Door): { readonly message: GatewayMessage; readonly sightings: number } {
    const wing = this.#next % this.wings;
    const batch = this.#batches[Math.floor(this.#next / this.wings) % this.#batches.length];
    if (batch === undefined) throw new Error('The simulated hospital heard nothing');
    this.#next += 1;
    if (this.#next % (this.#batches.length * this.wings) === 0) this.#clock++;
    const heardAt = Math.max(Date.now(), this.#clock);
    this.#clock = heardAt;
    const heard = batch.heard.map(({ tagId, rssi }) => ({ tagId: inWing(tagId, wing, 'c'), rssi, heardAt }));
    const [message] = vendorFormats[format].encode(inWing(batch.gatewayId, wing, 'a'), heard, door);
    if (message === undefined) throw new Error(`The ${format} format gave no message`);
    return { message, sightings: heard.length };
  }
}
