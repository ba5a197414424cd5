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
  line.go([walk.origin.x, walk.origin.y]);
  for (const { room, points, ride } of stretchesOf(graph, walk, arrival)) {
    if (ride !== null) {
      const { levelId, connector, category } = roomOf(graph, room).unit;
      line.ride(levelId, ride.metres, { connector: connector ?? '', category });
    }
    line.go(...points);
  }
  line.go([to.x, to.y]);
  return { ...line.finish(), seconds: arrival.seconds };
}

/** The part of a walk in one room, from the crossing it comes in by to the one it leaves by, both points included. */
export interface Stretch {
  /** Index of the room in the graph. */
  readonly room: number;
  readonly points: readonly Point[];
  /** What came before it was a ride to this lift or stair, which walked so many metres; null at a door. */
  readonly ride: { readonly metres: number } | null;
}

/** A walk to where it ends, room by room. */
export function stretchesOf(graph: WalkingGraph, walk: Walk, arrival: Arrival): Stretch[] {
  const { from } = walk;
  const start: Point = [from.x, from.y];
  const end: Point = [arrival.at.x, arrival.at.y];
  if (arrival.last === null) {
    const across = acrossRoom(roomOf(graph, from.room), walk, arrival);
    return [{ room: from.room, points: [start, ...across, end], ride: null }];
  }
  const nodes = nodesTo(walk, arrival.last.node);
  const stretches = nodes.map((node): Stretch => stretchTo(graph, walk, node));
  const before = graph.crossings[arrival.last.node];
  const inside = pointsTo(roomOf(graph, arrival.at.room), arrival.reach, arrival.last.slot).reverse();
  return [
    ...stretches,
    { room: arrival.at.room, points: [...(before === undefined ? [] : [before.at]), ...inside, end], ride: null },
  ];
}

/** The crossings a walk passes, the last one last. */
function nodesTo(walk: Walk, last: number): number[] {
  const nodes = [last];
  for (let node = last; (walk.after[node] ?? -1) !== -1;) {
    node = walk.after[node] ?? -1;
    nodes.unshift(node);
  }
  return nodes;
}

/** The part of the walk that ends at this crossing. */
function stretchTo(graph: WalkingGraph, walk: Walk, node: number): Stretch {
  const crossing = graph.crossings[node];
  const way = walk.by[node] ?? -1;
  const before = graph.crossings[walk.after[node] ?? -1];
  if (crossing === undefined) throw new RangeError(`Unexpected crossing ${node}`);
  const { from } = walk;
  if (way === -1 || before === undefined) {
    const side = crossing.sides.find(({ room }) => room === from.room);
    const points = pointsTo(roomOf(graph, from.room), walk.reach, side?.slot ?? 0);
    return { room: from.room, points: [[from.x, from.y], ...points, crossing.at], ride: null };
  }
  const through = graph.through[way] ?? -1;
  if (through === -1) {
    return { room: crossing.sides[0]?.room ?? -1, points: [crossing.at], ride: { metres: graph.metres[way] ?? 0 } };
  }
  const slots = [before, crossing].map((end) => end.sides.find(({ room }) => room === through)?.slot ?? 0);
  const points = pointsBetween(roomOf(graph, through), slots[0] ?? 0, slots[1] ?? 0);
  return { room: through, points: [before.at, ...points, crossing.at], ride: null };
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

export function roomOf(graph: WalkingGraph, room: number): Room {
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
