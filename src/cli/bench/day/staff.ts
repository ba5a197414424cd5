import { type Random, seededRandom } from '../../simulate/random';
import type { TruePiece } from './truth';
import type { System } from './system';

/** How often staff tell the system that a piece in a store is broken or dirty, and how long it takes them, minutes. */
const telling = { broken: { chance: 0.6, meanMinutes: 10 }, dirty: { chance: 0.3, meanMinutes: 10 } } as const;
const minuteMs = 60_000;

/** The ward's own staff, who sometimes say what they see and sometimes do not. */
export class Staff {
  readonly #random: Random;
  readonly #seen: { stop: number; tellAt: number; told: boolean }[];

  constructor(
    private readonly pieces: readonly TruePiece[],
    private readonly system: System,
    seed: number,
  ) {
    this.#random = seededRandom(seed).fork('staff');
    this.#seen = pieces.map(() => ({ stop: -1, tellAt: Infinity, told: false }));
  }

  step(now: number): void {
    this.pieces.forEach((piece, i) => {
      const seen = this.#seen[i];
      if (seen === undefined) return;
      const { stop } = piece.equipment;
      if (stop !== seen.stop) {
        if (seen.told) this.system.say(i, null, now);
        this.#seen[i] = { stop, tellAt: this.#tellAt(piece, now), told: false };
      } else if (now >= seen.tellAt && !piece.equipment.isMoving) {
        this.system.say(i, piece.condition === 'broken' ? 'out-of-service' : 'needs-cleaning', now);
        this.#seen[i] = { stop, tellAt: Infinity, told: true };
      }
    });
  }

  #tellAt({ condition }: TruePiece, now: number): number {
    if (condition !== 'broken' && condition !== 'dirty') return Infinity;
    const { chance, meanMinutes } = telling[condition];
    return this.#random.chance(chance) ? now + this.#random.exponential(meanMinutes * minuteMs) : Infinity;
  }
}
