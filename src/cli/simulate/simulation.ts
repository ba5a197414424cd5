import { isInPolygon, type Site, type TagId, tagId } from '../../core';
import { Equipment, type Piece, type Router } from './equipment';
import type { GatewayMessage } from '../vendor-formats';
import { GatewayBox } from './gateway-box';
import { Places } from './places';
import { Propagation } from './propagation';
import { type Random, seededRandom } from './random';
import { type Heard, SimulatedTag } from './tag';

/** What one step brought: what each gateway sends now, and every sighting with its true time. */
export interface Step {
  readonly now: number;
  readonly sent: readonly GatewayMessage[];
  readonly heard: readonly Heard[];
}

/** Where a tag truly is. */
export interface Truth {
  readonly tagId: TagId;
  readonly at: number;
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  readonly zoneId: string | null;
}

export interface SimulationOptions {
  readonly site: Site;
  readonly pieces: readonly Piece[];
  readonly route: Router;
  readonly seed: number;
  /** Epoch ms of the first step. */
  readonly startAt: number;
  /** Phones and badges that no site has enrolled. */
  readonly strangers: number;
  /** Equipment is taken on so many times sooner than on a usual day; default 1. */
  readonly hurry?: number;
}

/**
 * A hospital's equipment and its radio, in steps of time. A stand-in for the air, not for the product: what comes out
 * is what gateways would send, and none of its parameters is known to the engine.
 */
export class Simulation {
  readonly equipment: readonly Equipment[];
  readonly #carriers: readonly Equipment[];
  readonly #tags: readonly SimulatedTag[];
  readonly #boxes: readonly GatewayBox[];
  readonly #boxOf: ReadonlyMap<string, GatewayBox>;
  readonly #options: SimulationOptions;
  #now: number;

  constructor(options: SimulationOptions) {
    const { site, pieces, route, seed, startAt, strangers, hurry = 1 } = options;
    this.#options = options;
    this.#now = startAt;
    const random = seededRandom(seed);
    const places = new Places(site);
    const air = new Propagation(site, seed);
    this.equipment = pieces.map(
      (piece) => new Equipment(piece, places, route, random.fork(`day ${piece.id}`), startAt, hurry),
    );
    this.#boxes = air.receivers.map(
      ({ gateway }) => new GatewayBox(gateway, random.fork(`box ${gateway.id}`), startAt),
    );
    this.#boxOf = new Map(this.#boxes.map((box) => [box.gateway.id, box]));
    const passersBy = Array.from({ length: strangers }, (_, i) => stranger(i, places, route, random, startAt));
    this.#carriers = [...this.equipment, ...passersBy];
    this.#tags = this.#carriers.map(
      (carrier) => new SimulatedTag(carrier, carrier.piece.tagId, air, random.fork(`tag ${carrier.piece.id}`), startAt),
    );
  }

  get now(): number {
    return this.#now;
  }

  /** Moves time on. */
  step(stepMs: number): Step {
    this.#now += stepMs;
    const now = this.#now;
    const deaf = this.#boxes.map((box) => box.isDeaf(now));
    const heard: Heard[] = [];
    for (const carrier of this.#carriers) carrier.step(now, stepMs);
    for (const tag of this.#tags) {
      tag.advertise(
        now,
        (index) => deaf[index] ?? false,
        (sighting) => {
          heard.push(sighting);
          this.#boxOf.get(sighting.gatewayId)?.hear(sighting);
        },
      );
    }
    const sent = this.#boxes.flatMap((box) => box.send(now));
    return { now, sent, heard };
  }

  /** Where every enrolled tag is now. */
  truth(): Truth[] {
    const { levels } = this.#options.site;
    return this.equipment.map(({ piece, spot }) => {
      const level = levels[spot.level];
      return {
        tagId: piece.tagId,
        at: this.#now,
        levelId: level?.id ?? '',
        x: Math.round(spot.x * 1000) / 1000,
        y: Math.round(spot.y * 1000) / 1000,
        zoneId: level?.units.find((unit) => isInPolygon(spot.x, spot.y, unit.polygon))?.id ?? null,
      };
    });
  }
}

/** Somebody with a phone, walking about like a wheelchair does. */
function stranger(i: number, places: Places, route: Router, random: Random, startAt: number): Equipment {
  const piece: Piece = {
    id: `stranger-${i}`,
    kind: 'wheelchair',
    tagId: tagId(`5e7000${i.toString(16).padStart(6, '0')}`),
    homeUnitId: null,
  };
  return new Equipment(piece, places, route, random.fork(piece.id), startAt);
}
