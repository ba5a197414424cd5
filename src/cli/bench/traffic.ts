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

const steps = 75;
const stepMs = 200;

/** Stands in a message made ahead for the time it will be sent. */
const placeholder = 1_700_000_000_123;
const placeholders = [Buffer.from(new Date(placeholder).toISOString()), Buffer.from(String(placeholder))] as const;

/** How sightings come together in messages. */
export interface Messages {
  /** Sightings in one message at most. */
  readonly perMessage: number;
  /** A message also ends before a tag that is in it already: where few tags are, few fit. */
  readonly endsAtRepeat?: boolean;
}

/** A message made ahead, and where in it times stand. */
interface Prepared {
  readonly message: GatewayMessage;
  readonly isoAt: readonly number[];
  readonly millisAt: readonly number[];
  readonly sightings: number;
}

/**
 * What a hospital's gateways hear, over and over: taken from the simulator, so that every gateway hears the tags near
 * it, and stamped anew whenever it is sent. All wings hear the same of their own tags, in turn.
 */
export class Traffic {
  readonly #batches: readonly Batch[];
  readonly #prepared: Prepared[] = [];
  #next = 0;
  #clock = 0;
  #iso = '';

  /** @param pieces of one wing */
  constructor(
    site: Site,
    pieces: readonly Piece[],
    private readonly wings: number,
    { perMessage, endsAtRepeat = false }: Messages,
  ) {
    const simulation = new Simulation({ site, pieces, route: routerOf(site), seed: 1, startAt: 0, strangers: 0 });
    const waiting = new Map<string, Batch['heard'][number][]>();
    const batches: Batch[] = [];
    const close = (by: string, heard: Batch['heard']): void => {
      batches.push({ gatewayId: gatewayId(by), heard });
      waiting.delete(by);
    };
    for (let step = 0; step < steps; step++) {
      for (const { gatewayId: by, tagId, rssi } of simulation.step(stepMs).heard) {
        const before = waiting.get(by) ?? [];
        if (endsAtRepeat && before.some((one) => one.tagId === tagId)) close(by, before);
        const heard = waiting.get(by) ?? [];
        heard.push({ tagId, rssi });
        if (heard.length < perMessage) waiting.set(by, heard);
        else close(by, heard);
      }
    }
    this.#batches = batches;
  }

  /** Makes every message, so that sending one costs next to nothing: it shares the machine with what is measured. */
  prepare(format: VendorFormatName, door: Door): void {
    for (let at = 0; at < this.#batches.length * this.wings; at++)
      this.#prepared[at] ??= this.#prepare(at, format, door);
  }

  /** Sightings in a message, on average. */
  get perMessage(): number {
    return this.#batches.reduce((sum, { heard }) => sum + heard.length, 0) / Math.max(1, this.#batches.length);
  }

  /**
   * The next message, valid until it comes round again. No gateway hears a tag twice in the same millisecond: time
   * moves on at least so far.
   */
  next(format: VendorFormatName, door: Door): { readonly message: GatewayMessage; readonly sightings: number } {
    const at = this.#next % (this.#batches.length * this.wings);
    this.#next += 1;
    if (at === 0) this.#clock++;
    const prepared = (this.#prepared[at] ??= this.#prepare(at, format, door));
    this.#stamp(prepared, Math.max(Date.now(), this.#clock));
    return prepared;
  }

  #prepare(at: number, format: VendorFormatName, door: Door): Prepared {
    const wing = at % this.wings;
    const batch = this.#batches[Math.floor(at / this.wings)];
    if (batch === undefined) throw new Error('The simulated hospital heard nothing');
    const heard = batch.heard.map(({ tagId, rssi }) => ({
      tagId: inWing(tagId, wing, 'c'),
      rssi,
      heardAt: placeholder,
    }));
    const [message] = vendorFormats[format].encode(inWing(batch.gatewayId, wing, 'a'), heard, door);
    if (message === undefined) throw new Error(`The ${format} format gave no message`);
    const [isoAt, millisAt] = placeholders.map((one) => placesOf(one, message.payload));
    return { message, isoAt: isoAt ?? [], millisAt: millisAt ?? [], sightings: heard.length };
  }

  #stamp({ message, isoAt, millisAt }: Prepared, now: number): void {
    if (now !== this.#clock || this.#iso === '') this.#iso = new Date(now).toISOString();
    this.#clock = now;
    for (const place of isoAt) message.payload.write(this.#iso, place, 'latin1');
    for (const place of millisAt) message.payload.write(String(now), place, 'latin1');
  }
}

function placesOf(text: Buffer, payload: Buffer): number[] {
  const places: number[] = [];
  for (let at = payload.indexOf(text); at >= 0; at = payload.indexOf(text, at + 1)) places.push(at);
  return places;
}
