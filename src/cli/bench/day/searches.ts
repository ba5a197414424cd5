import type { UnitId, WalkingGraph } from '../../../core';
import { type Leg, middleOf, type Seeking, type Way } from './seekers';
import type { Fate, TrueDay } from './truth';

/** How a search went. */
export interface Outcome {
  readonly kind: string;
  readonly seconds: number;
  /** Rooms gone to. */
  readonly rooms: number;
  readonly gaveUp: boolean;
  readonly first: First | null;
}

/** The first answer, held against the truth. */
export interface First {
  readonly said: boolean;
  readonly free: boolean;
  /** What the system said the chance is; null when it says nothing of chances. */
  readonly chance: number | null;
  /** It could truly be used when it was shown; was in the room shown; and something could be used there on arrival. */
  readonly usable: boolean;
  readonly inRoom: boolean;
  /** What was truly so with the piece named; null when none was. */
  readonly fate: Fate | null;
  readonly foundThere: boolean;
}

/** After so long one asks colleagues, seconds: such a search counts with this time. */
const longestS = 1_200;

/** Somebody who looks for equipment. They change nothing: others see the same day. */
export class Search {
  #seeking: Seeking;
  #leg: Leg | null = null;
  #arrivesAt = 0;
  #rooms = 0;
  #first: First | null = null;
  #started: number;

  constructor(
    private readonly way: Way,
    private readonly afterwards: Way,
    private readonly truth: TrueDay,
    private readonly graph: WalkingGraph,
    start: Seeking,
  ) {
    this.#seeking = start;
    this.#started = start.now;
    this.#setOut(start.now);
  }

  /** The outcome once there is one. @param now epoch ms; no later than a step after the last call */
  step(now: number): Outcome | null {
    while (this.#leg !== null && this.#arrivesAt <= now) {
      const { kind } = this.#seeking;
      const found = this.truth.hasUsable(kind, this.#leg.room);
      this.#rooms++;
      if (this.#rooms === 1 && this.#first !== null) this.#first = { ...this.#first, foundThere: found };
      if (found) return this.#end(false);
      this.#moveOn(this.#leg.room);
    }
    return this.#leg === null || this.#arrivesAt - this.#started > longestS * 1000 ? this.#end(true) : null;
  }

  #moveOn(room: UnitId): void {
    const visited = new Set([...this.#seeking.visited, room]);
    this.#seeking = { ...this.#seeking, at: middleOf(this.graph, room), visited, now: this.#arrivesAt };
    this.#setOut(this.#arrivesAt);
  }

  #setOut(now: number): void {
    this.#leg = this.way(this.#seeking) ?? this.afterwards(this.#seeking);
    this.#arrivesAt = now + (this.#leg?.seconds ?? 0) * 1000;
    if (this.#rooms === 0) this.#first = this.#judge(this.#leg);
  }

  #judge(leg: Leg | null): First | null {
    if (leg === null) return null;
    const piece = this.truth.pieces.find(({ equipment }) => equipment.piece.id === leg.assetId);
    return {
      said: leg.assetId !== null,
      free: leg.free ?? false,
      chance: leg.chance ?? null,
      usable: piece?.isUsable ?? false,
      inRoom: piece?.unitId === leg.room,
      fate: piece?.fate ?? null,
      foundThere: false,
    };
  }

  #end(gaveUp: boolean): Outcome {
    const seconds = gaveUp ? longestS : (this.#arrivesAt - this.#started) / 1000;
    return { kind: this.#seeking.kind, seconds, rooms: this.#rooms, gaveUp, first: this.#first };
  }
}
