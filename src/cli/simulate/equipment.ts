import { type TagId, type Unit, type UnitId, unitId } from '../../core';
import { carriedDay, carriedKind, dayOf, ordinaryDay, type Stop } from './day';
import { type Places, spotIn } from './places';
import type { Spot } from './propagation';
import type { Random } from './random';

/** A piece of equipment as `assets.json` lists it. */
export interface Piece {
  readonly id: string;
  readonly kind: string;
  readonly tagId: TagId;
  readonly homeUnitId: UnitId | null;
}

/** One corner of a way through the building; a change of level is a ride or a climb. */
export interface Waypoint {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

/** Finds the way on foot; empty when there is none. */
export type Router = (from: Waypoint, to: Waypoint) => readonly Waypoint[];

const minuteMs = 60_000;
const meanRideMs = 28_000;

/** A piece of equipment and what it is doing: resting somewhere, or being taken somewhere. */
export class Equipment {
  spot: Spot;
  unit: Unit;
  /** Direction it is pushed in, or its carrier faces, radians; null for equipment at rest. */
  heading: number | null = null;
  /** Changes whenever the spot does: what was computed for the spot is then stale. */
  version = 0;
  readonly #random: Random;
  readonly #day: readonly Stop[];
  readonly #tagZ: number;
  readonly #speed: number;
  #stop: number;
  #leaveAt: number;
  #path: Waypoint[] = [];
  #ridesUntil = 0;

  constructor(
    readonly piece: Piece,
    private readonly places: Places,
    private readonly route: Router,
    random: Random,
    now: number,
    private readonly hurry = 1,
    day: readonly Stop[] = piece.kind === carriedKind ? carriedDay : (dayOf[piece.kind] ?? ordinaryDay),
  ) {
    this.#random = random;
    this.#day = day;
    this.#tagZ = random.between(0.6, 1.3);
    this.#speed = random.between(0.9, 1.4);
    const home = piece.homeUnitId === null ? null : (places.site.unitById.get(unitId(piece.homeUnitId)) ?? null);
    // The day is under way when the simulation starts: most stand in the first stop, the rest anywhere in their round.
    this.#stop = random.chance(0.55) ? 0 : Math.floor(random.uniform() * this.#day.length);
    const rooms = this.#day[this.#stop]?.rooms ?? [];
    const unit = this.#stop === 0 && home !== null ? home : (places.choose(rooms, home, random) ?? home);
    if (unit === null) throw new Error(`The plan has no room for ${piece.id}: it needs one of ${rooms.join(', ')}`);
    this.unit = unit;
    this.spot = this.#spotIn(unit);
    this.#turn();
    this.#leaveAt = now + random.uniform() * this.#stay();
  }

  /** Which stop of its day it is at, or on its way to. */
  get stop(): number {
    return this.#stop;
  }

  get isMoving(): boolean {
    return this.#path.length > 0;
  }

  /** One step of time, milliseconds. */
  step(now: number, stepMs: number): void {
    if (this.isMoving) this.#walk(now, stepMs);
    else if (now >= this.#leaveAt) this.#setOut(now);
  }

  #setOut(now: number): void {
    for (let tried = 0; tried < this.#day.length; tried++) {
      this.#stop = (this.#stop + 1) % this.#day.length;
      const stop = this.#day[this.#stop];
      if (stop !== undefined && this.#random.chance(stop.chance ?? 1)) break;
    }
    const target = this.places.choose(this.#day[this.#stop]?.rooms ?? [], this.unit, this.#random);
    this.#leaveAt = now + this.#stay();
    if (target === null) return;
    const to = this.#spotIn(target);
    this.#path = this.route(this.spot, to).slice(1);
    this.unit = target;
  }

  #walk(now: number, stepMs: number): void {
    if (now < this.#ridesUntil) return;
    let left = (this.#speed * stepMs) / 1000;
    while (left > 0) {
      const next = this.#path[0];
      if (next === undefined) {
        this.#arrive(now);
        return;
      }
      if (next.level !== this.spot.level) {
        this.#ridesUntil = now + this.#random.between(0.6, 1.6) * meanRideMs;
        this.#place(next.level, next.x, next.y);
        this.#path.shift();
        return;
      }
      const [dx, dy] = [next.x - this.spot.x, next.y - this.spot.y];
      const distance = Math.hypot(dx, dy);
      if (distance > 1e-6) this.heading = Math.atan2(dy, dx);
      const part = distance <= left ? 1 : left / distance;
      this.#place(next.level, this.spot.x + dx * part, this.spot.y + dy * part);
      if (part === 1) this.#path.shift();
      left -= distance * part;
      if (part < 1) return;
    }
  }

  #arrive(now: number): void {
    this.#turn();
    this.#leaveAt = now + this.#stay();
  }

  /** Equipment stands in nobody's shadow; a person stays one's own. */
  #turn(): void {
    this.heading = this.piece.kind === carriedKind ? this.#random.between(-Math.PI, Math.PI) : null;
  }

  #stay(): number {
    const mean = (this.#day[this.#stop]?.meanMinutes ?? 30) / this.hurry;
    return Math.max(minuteMs, this.#random.exponential(mean * minuteMs));
  }

  #place(level: number, x: number, y: number): void {
    this.spot = { level, x, y, z: this.#tagZ };
    this.version++;
  }

  #spotIn(unit: Unit): Spot {
    const [x, y] = spotIn(unit, this.#random);
    const level = this.places.site.levels.findIndex(({ id }) => id === unit.levelId);
    return { level, x, y, z: this.#tagZ };
  }
}
