import { arrive, canReach, type OnFoot } from '../core';
import type { Candidate } from './candidates';
import type { RankedAsset } from './nearest-reasons';

/** How many answers are given, and which are shown now: those may stay. */
interface Answers {
  readonly limit: number;
  readonly shown: readonly string[];
}

interface Room {
  /** Its place among the heads. */
  readonly index: number;
  readonly mates: Candidate[];
  /** Likeliest first, since somebody asked. */
  isOrdered: boolean;
}

/** Candidates by the room one would walk to, the likeliest of each room its head. */
export class RoomMates {
  readonly #byRoom = new Map<string, Room>();
  readonly #heads: Candidate[] = [];
  readonly #all: Candidate[] = [];

  add(candidate: Candidate): void {
    this.#all.push(candidate);
    const key = roomKey(candidate);
    const room = this.#byRoom.get(key);
    if (room === undefined) {
      this.#byRoom.set(key, { index: this.#heads.length, mates: [candidate], isOrdered: true });
      this.#heads.push(candidate);
      return;
    }
    room.mates.push(candidate);
    room.isOrdered = false;
    const head = this.#heads[room.index];
    if (head !== undefined && candidate.chance > head.chance) this.#heads[room.index] = candidate;
  }

  get all(): readonly Candidate[] {
    return this.#all;
  }

  get heads(): readonly Candidate[] {
    return this.#heads;
  }

  get count(): number {
    return this.#all.length;
  }

  /** Those nobody can walk to; a room is judged by its head. */
  countUnreachable({ graph, walk }: OnFoot): number {
    let count = 0;
    for (const { index, mates } of this.#byRoom.values()) {
      const head = this.#heads[index];
      if (head !== undefined && !canReach(graph, walk, head)) count += mates.length;
    }
    return count;
  }

  /**
   * Whoever looks round a room sees all that is in it: the same time may be expected of each. Of a full store those are
   * walked to that can be among the answers.
   */
  withMates(head: RankedAsset, { graph, walk }: OnFoot, { limit, shown }: Answers): RankedAsset[] {
    const mates = this.#matesOf(head.item);
    const others = mates.flatMap((item, i): RankedAsset[] => {
      if (i === 0 || (i >= limit && !shown.includes(item.asset.id))) return [];
      const arrival = arrive(graph, walk, item);
      return arrival === null ? [] : [{ ...head, item, arrival, id: item.asset.id }];
    });
    return [head, ...others];
  }

  #matesOf(head: Candidate): readonly Candidate[] {
    const room = this.#byRoom.get(roomKey(head));
    if (room === undefined) return [];
    if (!room.isOrdered) room.mates.sort((a, b) => b.chance - a.chance);
    room.isOrdered = true;
    return room.mates;
  }
}

const roomKey = ({ unitId, asset }: Candidate): string => unitId ?? `beside ${asset.id}`;

/** Candidates together that have the level and the unit in common, for walking: see `nearestInRooms`. */
export class ByUnit {
  readonly #byKey = new Map<string, Candidate[]>();
  readonly #units: Candidate[][] = [];

  get units(): readonly (readonly Candidate[])[] {
    return this.#units;
  }

  add(candidate: Candidate): void {
    const key = `${candidate.levelId} ${candidate.unitId ?? ''}`;
    const together = this.#byKey.get(key);
    if (together !== undefined) {
      together.push(candidate);
      return;
    }
    const unit = [candidate];
    this.#byKey.set(key, unit);
    this.#units.push(unit);
  }
}
