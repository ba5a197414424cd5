import type { WalkingGraph } from './graph';
import { Heap } from './heap';
import { retrace, type Route } from './route';
import { arrive, type Arrival, type Walk, walkFrom, type WalkingPoint } from './walk';

export interface Nearest<T> {
  readonly item: T;
  readonly route: Route;
}

/** An item, and how the walk to it ends. */
export interface Reached<T> {
  readonly item: T;
  readonly arrival: Arrival;
}

/** Seconds by which rounding may put a bound above the time it bounds. */
const slack = 1e-6;

/** The `limit` items soonest reached on foot, soonest first; items nobody can walk to are left out. */
export function nearestOnFoot<T extends WalkingPoint>(
  graph: WalkingGraph,
  from: WalkingPoint,
  items: readonly T[],
  limit: number,
): Nearest<T>[] {
  const walk = walkFrom(graph, from);
  if (walk === null) return [];
  return nearestFrom(graph, walk, items, limit).map(({ item, arrival }) => ({
    item,
    route: retrace(graph, walk, arrival, item),
  }));
}

/**
 * The `limit` items with the least walking seconds plus handicap. Exact: items are tried in order of a time they cannot
 * beat (through their best door, then straight), until none left can be sooner.
 * @param handicap seconds added to an item's own, 0 or more
 */
export function nearestFrom<T extends WalkingPoint>(
  graph: WalkingGraph,
  walk: Walk,
  items: readonly T[],
  limit: number,
  handicap: (item: T) => number = () => 0,
): Reached<T>[] {
  const handicaps = Float64Array.from(items, handicap);
  const bounds = Float64Array.from(items, (item, i) => atLeast(graph, walk, item) + (handicaps[i] ?? 0));
  const untried = heapOf(bounds);
  const found: (Reached<T> & { readonly key: number })[] = [];
  for (let i = untried.pop(); i !== -1; i = untried.pop()) {
    const worst = found.length < limit ? Infinity : (found.at(-1)?.key ?? Infinity);
    if ((bounds[i] ?? Infinity) > worst) break;
    const item = items[i];
    const arrival = item === undefined ? null : arrive(graph, walk, item);
    if (item === undefined || arrival === null) continue;
    const key = arrival.seconds + (handicaps[i] ?? 0);
    const place = found.findIndex((other) => other.key > key);
    found.splice(place === -1 ? found.length : place, 0, { item, arrival, key });
    if (found.length > limit) found.pop();
  }
  return found;
}

/** How one walks from where one stands. */
export interface OnFoot {
  readonly graph: WalkingGraph;
  readonly walk: Walk;
}

/**
 * The same for items that are together in rooms: a room is looked into only when its door can be reached soon enough.
 * @param rooms items with the same level and unit, together
 */
export function nearestInRooms<T extends WalkingPoint>(
  { graph, walk }: OnFoot,
  rooms: readonly (readonly T[])[],
  limit: number,
  handicap?: (item: T) => number,
): Reached<T>[] {
  const bounds = Float64Array.from(rooms, (items) => doorAtLeast(graph, walk, items[0]) + leastOf(items, handicap));
  const untried = heapOf(bounds);
  const keyOf = ({ item, arrival }: Reached<T>): number => arrival.seconds + (handicap?.(item) ?? 0);
  let found: Reached<T>[] = [];
  for (let i = untried.pop(); i !== -1; i = untried.pop()) {
    const last = found.length < limit ? undefined : found.at(-1);
    if (last !== undefined && (bounds[i] ?? Infinity) > keyOf(last)) break;
    const inRoom = nearestFrom(graph, walk, rooms[i] ?? [], limit, handicap);
    found = [...found, ...inRoom].sort((a, b) => keyOf(a) - keyOf(b)).slice(0, limit);
  }
  return found;
}

function heapOf(keys: Float64Array): Heap {
  const heap = new Heap(keys);
  for (let i = 0; i < keys.length; i++) if (keys[i] !== Infinity) heap.lowered(i);
  return heap;
}

const leastOf = <T>(items: readonly T[], handicap: ((item: T) => number) | undefined): number =>
  handicap === undefined ? 0 : items.reduce((least, item) => Math.min(least, handicap(item)), Infinity);

/** Seconds within which nobody can be in the room of the point. */
function doorAtLeast(graph: WalkingGraph, walk: Walk, point: WalkingPoint | undefined): number {
  if (point === undefined) return Infinity;
  const room = knownRoom(graph, point);
  return room === null ? 0 : (walk.roomSeconds[room] ?? Infinity) - slack;
}

/** The room a point is said to be in; null when none is known: nothing is known before it is put into one. */
function knownRoom(graph: WalkingGraph, { unitId, levelId }: WalkingPoint): number | null {
  const room = unitId === undefined || unitId === null ? undefined : graph.roomByUnit.get(unitId);
  return room === undefined || graph.rooms[room]?.unit.levelId !== levelId ? null : room;
}

/** Seconds within which nobody can be there. */
function atLeast(graph: WalkingGraph, walk: Walk, point: WalkingPoint): number {
  const room = knownRoom(graph, point);
  if (room === null) return 0;
  const { speedMps } = graph.rules;
  const { from } = walk;
  let least = Infinity;
  if (room === from.room) least = Math.hypot(point.x - from.x, point.y - from.y) / speedMps;
  for (const { node, stub, slot } of graph.exits[room] ?? []) {
    const there = walk.seconds[node] ?? Infinity;
    if (there >= least) continue;
    const points = graph.rooms[room]?.points;
    const straight = Math.hypot(point.x - (points?.[2 * slot] ?? 0), point.y - (points?.[2 * slot + 1] ?? 0));
    least = Math.min(least, there + (stub + straight) / speedMps);
  }
  return least - slack;
}
