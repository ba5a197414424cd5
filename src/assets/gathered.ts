import type { Asset } from './asset';
import { type Candidate, RoomChances, type Sorted } from './candidates';
import { ByUnit, RoomMates } from './room-mates';

/** The equipment of a kind: what may be an answer, what may not, and how many are nowhere. */
export interface Candidates {
  readonly wanted: RoomMates;
  /** Those that may not, by the unit one would walk to. */
  readonly others: readonly (readonly Candidate[])[];
  readonly claimed: number;
  /** Not claimed, but not what is asked for. */
  readonly unavailable: number;
  readonly unplaced: number;
  readonly rooms: RoomChances;
}

/** Candidates gathered piece by piece, so that no search waits until thousands are put in order. */
export class Gathered implements Candidates {
  readonly pieces = new Map<Asset, Sorted>();
  readonly wanted = new RoomMates();
  readonly rooms = new RoomChances();
  /** Who holds one of them. */
  readonly holders = new Set<string>();
  readonly #others = new ByUnit();
  /** The first claim on one of them ends then, epoch ms. */
  until = Infinity;
  claimed = 0;
  unavailable = 0;
  unplaced = 0;

  get others(): readonly (readonly Candidate[])[] {
    return this.#others.units;
  }

  /** @param now epoch ms */
  add(asset: Asset, sorted: Sorted, now: number): void {
    this.pieces.set(asset, sorted);
    const { claim } = asset.said;
    if (claim !== null && claim.until > now) {
      this.holders.add(claim.by);
      this.until = Math.min(this.until, claim.until);
    }
    const { candidate, chances } = sorted;
    if (candidate === null) {
      this.unplaced++;
      return;
    }
    for (const chance of chances) this.rooms.add(chance);
    if (candidate.not === null) {
      this.wanted.add(candidate);
      return;
    }
    this.#others.add(candidate);
    if (candidate.not === 'claimed') this.claimed++;
    else this.unavailable++;
  }
}
