import {
  arrive,
  type UnitId,
  type Unit,
  type Walk,
  walkFrom,
  type WalkingGraph,
  type WalkingPoint,
} from '../../../core';
import { rulesAsShipped } from '../../../assets/rule-book';
import type { System } from './system';
import type { TrueDay } from './truth';

/** Where somebody goes next, and how long the walk takes. */
export interface Leg {
  readonly room: UnitId;
  readonly seconds: number;
  /** The piece the system said is there; null for one who just looks. */
  readonly assetId: string | null;
  /** That it can be used there, as the system says. */
  readonly chance?: number;
  /** The system shows it as free, not as probably free. */
  readonly free?: boolean;
}

/** Where somebody stands, what they have tried. */
export interface Seeking {
  readonly kind: string;
  readonly at: WalkingPoint & { readonly unitId: UnitId };
  readonly visited: ReadonlySet<UnitId>;
  readonly now: number;
}

/** A way of looking for equipment: where to next; null when it knows no more. */
export type Way = (seeking: Seeking) => Leg | null;

/** The middle of a room, where one looks round it. */
export function middleOf(graph: WalkingGraph, room: UnitId): Seeking['at'] {
  const found = graph.rooms[graph.roomByUnit.get(room) ?? -1];
  if (found === undefined) throw new RangeError(`Unexpected room ${room}`);
  const [x, y] = found.inner;
  return { levelId: found.unit.levelId, x, y, unitId: room };
}

/** The one our finder names first, asked anew from where one stands. */
export function byTheFinder({ finder }: System, graph: WalkingGraph): Way {
  return ({ kind, at, visited, now }) => {
    const question = { kind, from: at, availability: 'free', limit: 50, with: 'none', shown: [] } as const;
    for (const { item, chance } of finder.find(question, now).results) {
      const room = item.unitId ?? null;
      const seconds = room === null || visited.has(room) ? null : walkSeconds(graph, at, room);
      if (room === null || seconds === null) continue;
      return { room, seconds, assetId: item.asset.id, chance, free: item.status === 'free' && !item.isProbable };
    }
    return null;
  };
}

/** The straight-line nearest whose room alone says that it is free. */
export function byStraightLine(system: System, graph: WalkingGraph, ownLevelFirst: boolean): Way {
  return ({ kind, at, visited }) => {
    let best: { room: UnitId; assetId: string; metres: number } | null = null;
    for (const asset of system.ofKind(kind)) {
      const place = system.views.placeOf(asset);
      const room = place?.zoneId ?? null;
      if (place === null || room === null || visited.has(room) || !saysFree(system, kind, room)) continue;
      const height = heightBetween(graph, at, place);
      const metres = Math.hypot(place.x - at.x, place.y - at.y, height) + (ownLevelFirst && height > 0 ? 1_000 : 0);
      if (best === null || metres < best.metres) best = { room, assetId: asset.id, metres };
    }
    if (best === null) return null;
    const seconds = walkSeconds(graph, at, best.room);
    return seconds === null ? null : { room: best.room, seconds, assetId: best.assetId };
  };
}

/** One who knows everything: the soonest reached of those that can be used now. The least any system could need. */
export function byKnowing(truth: TrueDay, graph: WalkingGraph): Way {
  return ({ kind, at, visited }) => {
    const rooms = truth.pieces.flatMap((piece) => {
      const { isUsable, unitId, equipment } = piece;
      if (!isUsable || unitId === null || equipment.piece.kind !== kind) return [];
      return visited.has(unitId) ? [] : [unitId];
    });
    return nearestRoom(graph, at, new Set(rooms));
  };
}

/** Without the system: the usual rooms of the kind, the nearest not looked into yet, one's own level first. */
export function byTheUsualRooms(graph: WalkingGraph, usual: ReadonlyMap<string, readonly UnitId[]>): Way {
  return ({ kind, at, visited }) =>
    nearestRoom(graph, at, new Set((usual.get(kind) ?? []).filter((room) => !visited.has(room))));
}

function nearestRoom(graph: WalkingGraph, at: WalkingPoint, rooms: ReadonlySet<UnitId>): Leg | null {
  const walk = walkFrom(graph, at);
  if (walk === null) return null;
  const legs = [...rooms].flatMap((room): Leg[] => {
    const seconds = secondsTo(graph, walk, room);
    return seconds === null ? [] : [{ room, seconds, assetId: null }];
  });
  return legs.sort((a, b) => a.seconds - b.seconds)[0] ?? null;
}

/** The rooms a kind is kept in, as people who work there know them. */
export function usualRooms(units: Iterable<Unit>, kinds: readonly string[]): Map<string, UnitId[]> {
  const all = [...units];
  return new Map(
    kinds.map((kind) => {
      const kept = all.filter((unit) => {
        const type = unit.spaceType ?? unit.category;
        return isKeptIn(kind, type) && !rulesAsShipped.of(kind).passages.has(type);
      });
      return [kind, kept.map(({ id }) => id)];
    }),
  );
}

/** Whether a room of this type alone says that the kind is free: more for that than for anything else. */
function isKeptIn(kind: string, type: string): boolean {
  const weights = rulesAsShipped.of(kind).places[type];
  const free = weights?.free ?? 0;
  return (
    free > Math.max(0, weights?.['in-use'] ?? 0, weights?.['needs-cleaning'] ?? 0, weights?.['out-of-service'] ?? 0)
  );
}

function saysFree({ source }: System, kind: string, room: UnitId): boolean {
  const unit = source.site.unitById.get(room);
  return unit !== undefined && isKeptIn(kind, unit.spaceType ?? unit.category);
}

function heightBetween({ site }: WalkingGraph, a: WalkingPoint, b: WalkingPoint): number {
  return Math.abs((site.levelById.get(a.levelId)?.elevation ?? 0) - (site.levelById.get(b.levelId)?.elevation ?? 0));
}

const walkSeconds = (graph: WalkingGraph, from: WalkingPoint, room: UnitId): number | null => {
  const walk = walkFrom(graph, from);
  return walk === null ? null : secondsTo(graph, walk, room);
};

const secondsTo = (graph: WalkingGraph, walk: Walk, room: UnitId): number | null =>
  arrive(graph, walk, middleOf(graph, room))?.seconds ?? null;
