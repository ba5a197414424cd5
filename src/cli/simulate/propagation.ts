import type { Gateway, Site } from '../../core';
import { hash, type Random, seededRandom } from './random';
import { Walls } from './walls';

/** Where a tag is, in the site: level by index, metres. */
export interface Spot {
  readonly level: number;
  readonly x: number;
  readonly y: number;
  /** Above the level's floor, metres. */
  readonly z: number;
}

/** Free-space reference and slope between walls: corridors guide a little. */
const rssiAtOneMetre = -57;
const exponent = 1.95;
const slabLoss = 17;
/** Openings for stairs and ducts let a second slab cost less. */
const furtherSlabLoss = 10;
const shadowingSd = 3.2;
/** Distance over which shadowing changes, metres. */
const shadowingLength = 3.5;
const shadowingWaves = 24;

/** One gateway as the simulated air knows it: what its data sheet does not say. */
interface Receiver {
  readonly gateway: Gateway;
  readonly level: number;
  /** Antenna and mounting, dB. */
  readonly offset: number;
  readonly waves: readonly { readonly kx: number; readonly ky: number; readonly phase: number }[];
}

/** The air of a site: mean signal from a spot to each gateway, the same for the same seed. */
export class Propagation {
  readonly receivers: readonly Receiver[];
  readonly #walls: readonly Walls[];
  readonly #elevations: readonly number[];

  constructor(site: Site, seed: number) {
    this.#walls = site.levels.map((level) => new Walls(level));
    this.#elevations = site.levels.map((level) => level.elevation);
    this.receivers = site.levels.flatMap((level, index) =>
      level.gateways.map((gateway) => receiver(gateway, index, seededRandom(hash(gateway.id, seed)))),
    );
  }

  /** Mean RSSI at a gateway of a tag at a spot transmitting 0 dB above nominal, dBm: before fading and bodies. */
  mean(spot: Spot, to: Receiver): number {
    const levels = Math.abs(spot.level - to.level);
    const rise = this.#height(to.level, to.gateway.z) - this.#height(spot.level, spot.z);
    const distance = Math.max(0.5, Math.hypot(spot.x - to.gateway.x, spot.y - to.gateway.y, rise));
    const slabs = levels === 0 ? 0 : slabLoss + furtherSlabLoss * (levels - 1);
    const open = rssiAtOneMetre - 10 * exponent * Math.log10(distance) - slabs + to.offset;
    if (open < -112) return open;
    const walls = this.#walls[levels === 0 ? spot.level : to.level];
    const through = walls?.lossBetween(spot.x, spot.y, to.gateway.x, to.gateway.y) ?? 0;
    return open - through * (levels === 0 ? 1 : 0.5) + shadowing(to, spot);
  }

  #height(level: number, z: number): number {
    return (this.#elevations[level] ?? 0) + z;
  }
}

function receiver(gateway: Gateway, level: number, random: Random): Receiver {
  const waves = Array.from({ length: shadowingWaves }, () => {
    const turn = random.between(0, 2 * Math.PI);
    const k = Math.abs(random.normal(1 / shadowingLength, 0.5 / shadowingLength));
    return { kx: k * Math.cos(turn), ky: k * Math.sin(turn), phase: random.between(0, 2 * Math.PI) };
  });
  return { gateway, level, offset: random.normal(0, 2.2), waves };
}

/** A smooth random field: a sum of waves in all directions, as furniture and people shape it. dB. */
function shadowing(to: Receiver, spot: Spot): number {
  let sum = 0;
  for (const { kx, ky, phase } of to.waves) sum += Math.cos(kx * spot.x + ky * spot.y + phase + 1.7 * spot.level);
  return shadowingSd * Math.sqrt(2 / shadowingWaves) * sum;
}

/** Fast fading of one packet on one of three channels, dB: Rician envelope with a fixed line of sight. */
export function fading(random: Random): number {
  const k = 3;
  const direct = Math.sqrt(k / (k + 1));
  const scattered = Math.sqrt(1 / (2 * (k + 1)));
  const re = direct + random.normal(0, scattered);
  const im = random.normal(0, scattered);
  return 10 * Math.log10(Math.max(1e-4, re * re + im * im));
}

/** A body that carries the tag shades what is behind it, dB. Directions in radians. */
export function bodyLoss(heading: number, toGateway: number): number {
  return 4.5 * (1 - Math.cos(heading - toGateway));
}
