import { isInPolygon } from '../geometry/polygon';
import type { LevelId, UnitId } from '../ids';
import type { WalkingGraph } from './graph';
import { Heap } from './heap';
import { type Reach, reachFrom, type Room, snapInto } from './room';
import { isClear, nearestWall } from './walls';

/** A point to walk from or to. With a unit it is taken to be in that unit, else in the unit it lies in or nearest to. */
export interface WalkingPoint {
  readonly levelId: LevelId;
  readonly x: number;
  readonly y: number;
  readonly unitId?: UnitId | null;
}

/** A point put into a room. */
export interface Standing {
  readonly room: number;
  readonly x: number;
  readonly y: number;
  /** Metres it was moved to lie in the room. */
  readonly moved: number;
}

/** How long it takes from one place to every crossing. Good until the site changes. */
export interface Walk {
  readonly from: Standing;
  readonly origin: WalkingPoint;
  readonly reach: Reach;
  /** Seconds to each crossing; Infinity where one cannot get. */
  readonly seconds: Float64Array;
  /** The way (an index into the graph's ways) each crossing was reached by; -1 straight from the start. */
  readonly by: Int32Array;
  /** The crossing that way starts from; -1 straight from the start. */
  readonly after: Int32Array;
  /** Seconds to the nearest door of each room, 0 for the one it starts in; Infinity where one cannot get. */
  readonly roomSeconds: Float64Array;
}

/** Puts a point into a room; null when its level is unknown or has no units. */
export function stand(graph: WalkingGraph, point: WalkingPoint): Standing | null {
  const room = roomOf(graph, point);
  const shell = room === null ? undefined : graph.rooms[room];
  return room === null || shell === undefined ? null : { room, ...snapInto(shell, point.x, point.y) };
}

/** The room a point is said to be in when there is one, else the one it lies in or nearest to. */
function roomOf(graph: WalkingGraph, point: WalkingPoint): number | null {
  const named = point.unitId === undefined || point.unitId === null ? undefined : graph.roomByUnit.get(point.unitId);
  return named !== undefined && graph.rooms[named]?.unit.levelId === point.levelId ? named : roomAt(graph, point);
}

/** The room a point lies in, or the nearest one on its level. */
function roomAt(graph: WalkingGraph, { levelId, x, y }: WalkingPoint): number | null {
  let nearest: number | null = null;
  let least = Infinity;
  for (const index of graph.roomsByLevel.get(levelId) ?? []) {
    const room = graph.rooms[index];
    if (room === undefined) continue;
    if (isInPolygon(x, y, room.unit.polygon)) return index;
    const { distance } = nearestWall(room.walls, x, y);
    if (distance >= least) continue;
    least = distance;
    nearest = index;
  }
  return nearest;
}

/** Walks from a point to everywhere (Dijkstra); null when the point's level has no units. */
export function walkFrom(graph: WalkingGraph, origin: WalkingPoint): Walk | null {
  const from = stand(graph, origin);
  const room = from === null ? undefined : graph.rooms[from.room];
  if (from === null || room === undefined) return null;
  const reach = reachFrom(room, from.x, from.y);
  const count = graph.crossings.length;
  const seconds = new Float64Array(count).fill(Infinity);
  const by = new Int32Array(count).fill(-1);
  const after = new Int32Array(count).fill(-1);
  const heap = new Heap(seconds);
  for (const exit of graph.exits[from.room] ?? []) {
    if (exit.ride === 'alight') continue;
    const metres = from.moved + (reach.metres[exit.slot] ?? Infinity) + exit.stub;
    if (metres === Infinity) continue;
    seconds[exit.node] = metres / graph.rules.speedMps + (graph.crossings[exit.node]?.delayS ?? 0);
    heap.lowered(exit.node);
  }
  while (heap.size > 0) {
    const node = heap.pop();
    const here = seconds[node] ?? Infinity;
    const end = graph.start[node + 1] ?? 0;
    for (let way = graph.start[node] ?? 0; way < end; way++) {
      const next = graph.to[way] ?? -1;
      const there = here + (graph.seconds[way] ?? Infinity);
      if (there >= (seconds[next] ?? Infinity)) continue;
      seconds[next] = there;
      by[next] = way;
      after[next] = node;
      heap.lowered(next);
    }
  }
  return { from, origin, reach, seconds, by, after, roomSeconds: roomSeconds(graph, from.room, seconds) };
}

function roomSeconds({ rooms, entries }: WalkingGraph, start: number, seconds: Float64Array): Float64Array {
  const least = new Float64Array(rooms.length).fill(Infinity);
  least[start] = 0;
  for (let i = 0; i < entries.room.length; i++) {
    const room = entries.room[i] ?? 0;
    const there = (seconds[entries.node[i] ?? 0] ?? Infinity) + (entries.seconds[i] ?? 0);
    if (there < (least[room] ?? Infinity)) least[room] = there;
  }
  return least;
}

/** How a walk ends: through which crossing (null: it never leaves the room) and in how many seconds. */
export interface Arrival {
  readonly at: Standing;
  readonly reach: Reach;
  readonly last: { readonly node: number; readonly slot: number } | null;
  readonly seconds: number;
}

/** The end of the quickest walk to a point; null when one cannot get there. */
export function arrive(graph: WalkingGraph, walk: Walk, target: WalkingPoint): Arrival | null {
  const at = stand(graph, target);
  const room = at === null ? undefined : graph.rooms[at.room];
  if (at === null || room === undefined) return null;
  const reach = reachFrom(room, at.x, at.y);
  let seconds = Infinity;
  let last: Arrival['last'] = null;
  if (at.room === walk.from.room) {
    seconds = (walk.from.moved + within(room, walk, at, reach).metres + at.moved) / graph.rules.speedMps;
  }
  for (const { node, slot, stub, ride } of graph.exits[at.room] ?? []) {
    if (ride === 'board') continue;
    const there =
      (walk.seconds[node] ?? Infinity) + (stub + (reach.metres[slot] ?? Infinity) + at.moved) / graph.rules.speedMps;
    if (there >= seconds) continue;
    seconds = there;
    last = { node, slot };
  }
  return seconds === Infinity ? null : { at, reach, last, seconds };
}

/** Whether there is a way at all: what `arrive` finds, without measuring it. */
export function canReach(graph: WalkingGraph, walk: Walk, target: WalkingPoint): boolean {
  const room = roomOf(graph, target);
  return room !== null && (walk.roomSeconds[room] ?? Infinity) !== Infinity;
}

/** The shortest way to a point of the same room that stays in it, and a point it passes (-1: straight). */
export function within(room: Room, walk: Walk, at: Standing, reach: Reach): { metres: number; via: number } {
  const { x, y } = walk.from;
  if (isClear(room.walls, x, y, at.x, at.y)) return { metres: Math.hypot(at.x - x, at.y - y), via: -1 };
  let metres = Infinity;
  let via = -1;
  reach.metres.forEach((there, i) => {
    const length = (walk.reach.metres[i] ?? Infinity) + there;
    if (length >= metres) return;
    metres = length;
    via = i;
  });
  return { metres, via };
}
