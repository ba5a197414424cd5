import type { WalkingGraph } from './graph';
import { type Reach, reachFrom } from './room';
import { walkFrom } from './walk';

/**
 * Seconds on foot from the middle of one room to the middle of another, for weighing what comes after what; a route is
 * found exactly. A row is walked when it is first asked for and kept: 4 bytes a pair of rooms.
 */
export class RoomTimes {
  readonly #rows: (Float32Array | undefined)[];
  readonly #reaches: readonly Reach[];

  constructor(private readonly graph: WalkingGraph) {
    this.#rows = new Array<Float32Array | undefined>(graph.rooms.length);
    this.#reaches = graph.rooms.map((room) => reachFrom(room, room.inner[0], room.inner[1]));
  }

  /** Infinity where there is no way. @param from and to indices of the graph's rooms */
  between(from: number, to: number): number {
    return (this.#rows[from] ??= this.#rowFrom(from))[to] ?? Infinity;
  }

  #rowFrom(from: number): Float32Array {
    const row = new Float32Array(this.graph.rooms.length).fill(Infinity);
    const room = this.graph.rooms[from];
    const [x, y] = room?.inner ?? [0, 0];
    const walk =
      room === undefined ? null : walkFrom(this.graph, { levelId: room.unit.levelId, x, y, unitId: room.unit.id });
    row.forEach((_, to) => (row[to] = walk === null ? Infinity : this.#secondsTo(to, walk.seconds)));
    row[from] = 0;
    return row;
  }

  #secondsTo(to: number, crossingSeconds: Float64Array): number {
    const { metres } = this.#reaches[to] ?? { metres: new Float64Array(0) };
    let least = Infinity;
    for (const { node, slot, stub, ride } of this.graph.exits[to] ?? []) {
      if (ride === 'board') continue;
      const inside = (stub + (metres[slot] ?? Infinity)) / this.graph.rules.speedMps;
      least = Math.min(least, (crossingSeconds[node] ?? Infinity) + inside);
    }
    return least;
  }
}
