import type { WalkingGraph } from './graph';
import { reachFrom } from './room';
import { walkFrom } from './walk';

/** The ways into all rooms, flat: those into room r are `start[r]…start[r + 1]`. */
interface Entries {
  readonly start: Int32Array;
  /** The crossing one comes through. */
  readonly node: Int32Array;
  /** From there to the middle of the room. */
  readonly seconds: Float64Array;
}

/**
 * Seconds on foot from the middle of one room to the middle of another, for weighing what comes after what; a route is
 * found exactly. A row is walked when it is first asked for and kept: 4 bytes a pair of rooms.
 */
export class RoomTimes {
  readonly #rows: (Float32Array | undefined)[];
  readonly #entries: Entries;

  constructor(private readonly graph: WalkingGraph) {
    this.#rows = new Array<Float32Array | undefined>(graph.rooms.length);
    this.#entries = entriesOf(graph);
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
    if (walk !== null) this.#fill(row, walk.seconds);
    row[from] = 0;
    return row;
  }

  #fill(row: Float32Array, crossingSeconds: Float64Array): void {
    const { start, node, seconds } = this.#entries;
    for (let room = 0; room < row.length; room++) {
      let least = Infinity;
      for (let i = start[room] ?? 0; i < (start[room + 1] ?? 0); i++) {
        const there = (crossingSeconds[node[i] ?? -1] ?? Infinity) + (seconds[i] ?? Infinity);
        if (there < least) least = there;
      }
      row[room] = least;
    }
  }
}

function entriesOf({ rooms, exits, rules }: WalkingGraph): Entries {
  const start = new Int32Array(rooms.length + 1);
  const all = rooms.flatMap((room, i) => {
    const { metres } = reachFrom(room, room.inner[0], room.inner[1]);
    const own = (exits[i] ?? []).filter(({ ride }) => ride !== 'board');
    start[i + 1] = (start[i] ?? 0) + own.length;
    return own.map(({ node, slot, stub }) => ({ node, seconds: (stub + (metres[slot] ?? Infinity)) / rules.speedMps }));
  });
  return {
    start,
    node: Int32Array.from(all, ({ node }) => node),
    seconds: Float64Array.from(all, ({ seconds }) => seconds),
  };
}
