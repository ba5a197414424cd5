import type { Position } from '../../api/types';

interface Leg {
  readonly from: Position;
  readonly to: Position;
  readonly startedAt: number;
  readonly ms: number;
}

/** A glide lasts about as long as fixes are apart, so that one runs into the next; milliseconds. */
const shortest = 300;
const longest = 1_500;
/** Farther than this in one fix is no walk: it is there at once. Metres. */
const farthest = 50;

/** Positions that run after their fixes instead of jumping. Times are milliseconds of any one clock. */
export class Glides {
  /** Those on screen; `aim` forgets the others. */
  readonly #legs = new Map<string, Leg>();

  /** Says where each is now. Those not named are forgotten. */
  aim(targets: ReadonlyMap<string, Position>, now: number, still: boolean): void {
    for (const id of this.#legs.keys()) if (!targets.has(id)) this.#legs.delete(id);
    for (const [id, to] of targets) {
      const leg = this.#legs.get(id);
      if (leg !== undefined && leg.to[0] === to[0] && leg.to[1] === to[1]) continue;
      const from = leg === undefined || still ? to : this.#along(leg, now);
      const far = Math.abs(to[0] - from[0]) > farthest || Math.abs(to[1] - from[1]) > farthest;
      const ms = leg === undefined ? 0 : Math.min(longest, Math.max(shortest, now - leg.startedAt));
      this.#legs.set(id, { from: far ? to : from, to, startedAt: now, ms });
    }
  }

  at(id: string, now: number): Position | null {
    const leg = this.#legs.get(id);
    return leg === undefined ? null : this.#along(leg, now);
  }

  /** Whether anything still has a way to go. */
  moving(now: number): boolean {
    for (const { from, to, startedAt, ms } of this.#legs.values()) {
      if (from !== to && now < startedAt + ms) return true;
    }
    return false;
  }

  #along({ from, to, startedAt, ms }: Leg, now: number): Position {
    const part = ms === 0 ? 1 : Math.min(1, Math.max(0, (now - startedAt) / ms));
    return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  }
}
