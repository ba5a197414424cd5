import { isInPolygon, type Sighting, type Site, gatewayId, type UnitId } from '../../../core';
import { Equipment, type Piece, type Router } from '../../simulate/equipment';
import { Places } from '../../simulate/places';
import { Propagation } from '../../simulate/propagation';
import { seededRandom } from '../../simulate/random';
import { SimulatedTag } from '../../simulate/tag';
import { type Condition, rounds, type Use } from './rounds';

/** Tags at rest advertise so often, ms: one set to last for years. */
const restingIntervalMs = 10_000;

/** The day before, walked in longer steps and heard by nobody: by then things are where they usually are, ms. */
const settleMs = 12 * 3_600_000;
const settleStepMs = 5_000;

/** What is so with a piece, for whoever walks to it. */
export type Fate = Condition | 'on the way';

/** What is truly so: where each piece is and what can be done with it. Nothing here is known to the system. */
export class TrueDay {
  readonly pieces: readonly TruePiece[];
  readonly #tags: readonly SimulatedTag[];
  readonly #byKind = new Map<string, TruePiece[]>();

  constructor(site: Site, pieces: readonly Piece[], route: Router, seed: number, startAt: number) {
    const random = seededRandom(seed);
    const air = new Propagation(site, seed);
    const places = new Places(site);
    this.pieces = pieces.map((piece) => {
      const day = rounds[piece.kind] ?? [];
      const own = random.fork(`day ${piece.id}`);
      return new TruePiece(new Equipment(piece, places, route, own, startAt - settleMs, 1, day), day, site);
    });
    for (const piece of this.pieces) {
      const { kind } = piece.equipment.piece;
      this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), piece]);
    }
    for (let now = startAt - settleMs; now < startAt; now += settleStepMs) {
      for (const { equipment } of this.pieces) equipment.step(now, settleStepMs);
    }
    this.#tags = this.pieces.map(({ equipment }) => {
      const { id, tagId } = equipment.piece;
      return new SimulatedTag(equipment, tagId, air, random.fork(`tag ${id}`), startAt, restingIntervalMs);
    });
  }

  /** Moves time on. @returns what was heard of each piece, as `pieces` has them. */
  step(now: number, stepMs: number): Sighting[][] {
    for (const { equipment } of this.pieces) equipment.step(now, stepMs);
    return this.#tags.map((tag, i) => {
      const heard: Sighting[] = [];
      const tagId = this.pieces[i]?.equipment.piece.tagId;
      if (tagId === undefined) return heard;
      tag.advertise(
        now,
        () => false,
        (sighting) => {
          const heardAt = Math.round(sighting.at);
          heard.push({
            gatewayId: gatewayId(sighting.gatewayId),
            tagId,
            rssi: sighting.rssi,
            heardAt,
            receivedAt: heardAt,
          });
        },
      );
      return heard;
    });
  }

  /** Whether anybody who looks into the room finds one that can be used. */
  hasUsable(kind: string, room: UnitId): boolean {
    return (this.#byKind.get(kind) ?? []).some((piece) => piece.isUsable && piece.unitId === room);
  }
}

/** One piece of equipment and what it truly is. */
export class TruePiece {
  #version = -1;
  #unitId: UnitId | null = null;

  constructor(
    readonly equipment: Equipment,
    private readonly day: readonly Use[],
    private readonly site: Site,
  ) {}

  get condition(): Condition {
    return this.day[this.equipment.stop]?.condition ?? 'in-use';
  }

  /** One that is being taken somewhere is somebody else's. */
  get isUsable(): boolean {
    return !this.equipment.isMoving && this.condition === 'usable';
  }

  get fate(): Fate {
    return this.equipment.isMoving ? 'on the way' : this.condition;
  }

  get unitId(): UnitId | null {
    const { version, spot } = this.equipment;
    if (version !== this.#version) {
      this.#version = version;
      const units = this.site.levels[spot.level]?.units ?? [];
      this.#unitId = units.find(({ polygon }) => isInPolygon(spot.x, spot.y, polygon))?.id ?? null;
    }
    return this.#unitId;
  }
}
