import type { GatewayId } from '../../core';
import type { Equipment } from './equipment';
import { bodyLoss, fading, type Propagation } from './propagation';
import type { Random } from './random';

/** A gateway heard one advertisement: true time, before the gateway's own clock. */
export interface Heard {
  readonly gatewayId: GatewayId;
  readonly tagId: string;
  readonly rssi: number;
  /** True time, epoch ms. */
  readonly at: number;
}

/** How often tags advertise: often when their motion sensor says so, seldom at rest, ms. */
const movingIntervalMs = 1_000;
const usualRestingIntervalMs = 4_000;
/** After a move the motion sensor keeps the tag awake for a while. */
const awakeMs = 8_000;
/** Weakest packet a receiver may decode, dBm; between the two it does so more and more often. */
const deafBelow = -97;
const sureAbove = -88;
/** Receivers scan in turns with other work: what they miss however strong. */
const missed = 0.12;
/** Gateways whose mean is weaker than this never hear the tag. */
const outOfReach = -106;

/** A tag on its piece of equipment: when it advertises and who hears it. */
export class SimulatedTag {
  readonly #power: number;
  #nextAt: number;
  #awakeUntil = 0;
  #version = -1;
  #reach: { index: number; mean: number; bearing: number }[] = [];

  constructor(
    readonly carrier: Pick<Equipment, 'spot' | 'heading' | 'isMoving' | 'version'>,
    readonly tagId: string,
    private readonly air: Propagation,
    private readonly random: Random,
    now: number,
    private readonly restingIntervalMs = usualRestingIntervalMs,
  ) {
    this.#power = random.normal(0, 1.8);
    this.#nextAt = now + random.between(0, restingIntervalMs);
  }

  /** Advertisements due until `now`, as the gateways that are not deaf heard them. */
  advertise(now: number, isDeaf: (gatewayIndex: number) => boolean, heard: (sighting: Heard) => void): void {
    if (this.carrier.isMoving) this.#wake(now);
    while (this.#nextAt <= now) {
      const at = this.#nextAt;
      this.#transmit(at, isDeaf, heard);
      const interval = at < this.#awakeUntil ? movingIntervalMs : this.restingIntervalMs;
      this.#nextAt = at + interval + this.random.between(0, 10);
    }
  }

  #wake(now: number): void {
    if (this.#awakeUntil < now) this.#nextAt = Math.min(this.#nextAt, now + this.random.between(0, movingIntervalMs));
    this.#awakeUntil = now + awakeMs;
  }

  #transmit(at: number, isDeaf: (gatewayIndex: number) => boolean, heard: (sighting: Heard) => void): void {
    this.#lookRound();
    const { heading } = this.carrier;
    for (const { index, mean, bearing } of this.#reach) {
      if (isDeaf(index) || this.random.chance(missed)) continue;
      const body = heading === null ? 0 : bodyLoss(heading, bearing);
      const rssi = Math.round(mean + this.#power - body + fading(this.random) + this.random.normal(0, 1.2));
      if (rssi < deafBelow || !this.random.chance((rssi - deafBelow) / (sureAbove - deafBelow))) continue;
      const receiver = this.air.receivers[index];
      if (receiver !== undefined) heard({ gatewayId: receiver.gateway.id, tagId: this.tagId, rssi, at });
    }
  }

  /** Walls and distances change only when the tag does. */
  #lookRound(): void {
    if (this.#version === this.carrier.version) return;
    this.#version = this.carrier.version;
    const { spot } = this.carrier;
    this.#reach = [];
    for (const [index, receiver] of this.air.receivers.entries()) {
      const mean = this.air.mean(spot, receiver);
      if (mean < outOfReach) continue;
      const bearing = Math.atan2(receiver.gateway.y - spot.y, receiver.gateway.x - spot.x);
      this.#reach.push({ index, mean, bearing });
    }
  }
}
