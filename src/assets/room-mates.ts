import { arrive, canReach, type OnFoot } from '../core';
import type { Candidate } from './candidates';
import type { RankedAsset } from './nearest-reasons';

/** How many answers are given, and which are shown now: those may stay. */
interface Answers {
  readonly limit: number;
  readonly shown: readonly string[];
}

/** Candidates by the room one would walk to, the likeliest of each room its head. */
export class RoomMates {
  readonly #byRoom = new Map<string, Candidate[]>();
  readonly heads: readonly Candidate[];

  constructor(readonly all: readonly Candidate[]) {
    for (const candidate of all) {
      const key = roomKey(candidate);
      const mates = this.#byRoom.get(key);
      if (mates === undefined) this.#byRoom.set(key, [candidate]);
      else mates.push(candidate);
    }
    for (const mates of this.#byRoom.values()) mates.sort((a, b) => b.chance - a.chance);
    this.heads = [...this.#byRoom.values()].flatMap(([head]) => head ?? []);
  }

  get count(): number {
    return this.all.length;
  }

  /** Those nobody can walk to; a room is judged by its head. */
  countUnreachable({ graph, walk }: OnFoot): number {
    let count = 0;
    for (const mates of this.#byRoom.values()) {
      const [head] = mates;
      if (head !== undefined && !canReach(graph, walk, head)) count += mates.length;
    }
    return count;
  }

  /**
   * Whoever looks round a room sees all that is in it: the same time may be expected of each. Of a full store those are
   * walked to that can be among the answers.
   */
  withMates(head: RankedAsset, { graph, walk }: OnFoot, { limit, shown }: Answers): RankedAsset[] {
    const mates = this.#byRoom.get(roomKey(head.item)) ?? [];
    const others = mates.flatMap((item, i): RankedAsset[] => {
      if (i === 0 || (i >= limit && !shown.includes(item.asset.id))) return [];
      const arrival = arrive(graph, walk, item);
      return arrival === null ? [] : [{ ...head, item, arrival, id: item.asset.id }];
    });
    return [head, ...others];
  }
}

const roomKey = ({ unitId, asset }: Candidate): string => unitId ?? `beside ${asset.id}`;

/** Candidates together that have the level and the unit in common, for walking: see `nearestInRooms`. */
export function byUnit(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const units = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = `${candidate.levelId} ${candidate.unitId ?? ''}`;
    const together = units.get(key);
    if (together === undefined) units.set(key, [candidate]);
    else together.push(candidate);
  }
  return [...units.values()];
}
