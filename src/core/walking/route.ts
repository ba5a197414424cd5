import type { LevelId } from '../ids';
import type { Point } from '../site';
import type { WalkingGraph } from './graph';
import { pointsBetween, type Reach, type Room } from './room';
import { arrive, type Arrival, type Walk, walkFrom, type WalkingPoint, within } from './walk';

/** The part of a route on one level. */
export interface RouteLeg {
  readonly levelId: LevelId;
  readonly points: readonly Point[];
  readonly metres: number;
  /** What brought one to this level; null for the first leg. */
  readonly by: { readonly connector: string; readonly category: string } | null;
}

/** How to walk from one point to another. */
export interface Route {
  /** Metres walked, stairs included. */
  readonly metres: number;
  /** Seconds expected, waiting for lifts included. */
  readonly seconds: number;
  readonly legs: readonly RouteLeg[];
}

/** The quickest route on foot between two points of a site; null when there is none. */
export function route(graph: WalkingGraph, from: WalkingPoint, to: WalkingPoint): Route | null {
  const walk = walkFrom(graph, from);
  const arrival = walk === null ? null : arrive(graph, walk, to);
  return walk === null || arrival === null ? null : retrace(graph, walk, arrival, to);
}

/** Turns the end of a walk into the route that led there. */
export function retrace(graph: WalkingGraph, walk: Walk, arrival: Arrival, to: WalkingPoint): Route {
  const line = new RouteLine(walk.origin.levelId);
  const { from } = walk;
  const room = roomOf(graph, from.room);
  line.go([walk.origin.x, walk.origin.y], [from.x, from.y]);
  if (arrival.last === null) {
    line.go(...acrossRoom(room, walk, arrival));
  } else {
    passCrossings(graph, walk, arrival.last.node, line);
    line.go(...pointsTo(roomOf(graph, arrival.at.room), arrival.reach, arrival.last.slot).reverse());
  }
  line.go([arrival.at.x, arrival.at.y], [to.x, to.y]);
  return { ...line.finish(), seconds: arrival.seconds };
}

/** Follows the walk to a crossing. */
function passCrossings(graph: WalkingGraph, walk: Walk, last: number, line: RouteLine): void {
  const nodes = [last];
  for (let node = last; (walk.after[node] ?? -1) !== -1;) {
    node = walk.after[node] ?? -1;
    nodes.unshift(node);
  }
  for (const node of nodes) {
    const crossing = graph.crossings[node];
    const way = walk.by[node] ?? -1;
    const before = graph.crossings[walk.after[node] ?? -1];
    if (crossing === undefined) continue;
    if (way === -1 || before === undefined) {
      const side = crossing.sides.find(({ room }) => room === walk.from.room);
      line.go(...pointsTo(roomOf(graph, walk.from.room), walk.reach, side?.slot ?? 0), crossing.at);
      continue;
    }
    const through = graph.through[way] ?? -1;
    if (through === -1) {
      const { connector, category } = roomOf(graph, crossing.sides[0]?.room ?? -1).unit;
      line.ride(crossing.levelId, graph.metres[way] ?? 0, { connector: connector ?? '', category });
      line.go(crossing.at);
      continue;
    }
    const slots = [before, crossing].map((end) => end.sides.find(({ room }) => room === through)?.slot ?? 0);
    line.go(...pointsBetween(roomOf(graph, through), slots[0] ?? 0, slots[1] ?? 0), crossing.at);
  }
}

function acrossRoom(room: Room, walk: Walk, arrival: Arrival): Point[] {
  const { via } = within(room, walk, arrival.at, arrival.reach);
  if (via === -1) return [];
  return [...pointsTo(room, walk.reach, via), ...pointsTo(room, arrival.reach, via).reverse()];
}

/** The points from the start of a reach to point j of the room. */
function pointsTo(room: Room, reach: Reach, j: number): Point[] {
  const first = reach.first[j] ?? -1;
  return first === -1 ? [] : pointsBetween(room, first, j);
}

function roomOf(graph: WalkingGraph, room: number): Room {
  const found = graph.rooms[room];
  if (found === undefined) throw new RangeError(`Unexpected room ${room}`);
  return found;
}

/** Gathers points into legs; a point equal to the one before it is left out. */
class RouteLine {
  readonly #legs: RouteLeg[] = [];
  #levelId: LevelId;
  #by: RouteLeg['by'] = null;
  #points: Point[] = [];
  #ridden = 0;

  constructor(levelId: LevelId) {
    this.#levelId = levelId;
  }

  go(...points: readonly Point[]): void {
    for (const point of points) {
      const last = this.#points.at(-1);
      if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) this.#points.push(point);
    }
  }

  ride(levelId: LevelId, metres: number, by: NonNullable<RouteLeg['by']>): void {
    this.#endLeg();
    this.#ridden += metres;
    this.#levelId = levelId;
    this.#by = by;
  }

  finish(): { metres: number; legs: readonly RouteLeg[] } {
    this.#endLeg();
    return { metres: this.#legs.reduce((sum, leg) => sum + leg.metres, this.#ridden), legs: this.#legs };
  }

  #endLeg(): void {
    this.#legs.push({ levelId: this.#levelId, points: this.#points, metres: lengthOf(this.#points), by: this.#by });
    this.#points = [];
  }
}

function lengthOf(points: readonly Point[]): number {
  let metres = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (a !== undefined && b !== undefined) metres += Math.hypot(b[0] - a[0], b[1] - a[1]);
  }
  return metres;
}
