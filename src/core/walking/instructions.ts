import type { LevelId, UnitId } from '../ids';
import type { Point, Unit } from '../site';
import { doorsPassed, type Side, sideOfDoor, turnInto } from './door-count';
import type { WalkingGraph } from './graph';
import { roomOf, type Stretch, stretchesOf } from './route';
import { passages } from './rules';
import type { Arrival, Walk } from './walk';

/** One thing to do on the way, as data: each language says it in its own words. */
export interface Instruction {
  /**
   * `here`: it is in this room. `leave` a room, by its door and to that side. `walk` along a passage, turning into it
   * to that side. `lift`, `stairs`: to the level. `enter` a room: the how-manieth door on that side of the passage
   * before; without a side it lies straight ahead.
   */
  readonly code: 'here' | 'leave' | 'walk' | 'lift' | 'stairs' | 'enter';
  /** Where one is after it. */
  readonly levelId: LevelId;
  /** The room, the passage or the lift it is about. */
  readonly unitId: UnitId;
  readonly connector?: string;
  readonly side?: Side;
  /** Counted from where one came into the passage, or last turned in it; every door counts, locked or not. */
  readonly ordinal?: number;
  /** Along the passage. */
  readonly metres?: number;
}

/** How a walk goes, in the words of doors and sides. */
export function instructionsFor(graph: WalkingGraph, walk: Walk, arrival: Arrival): Instruction[] {
  const stretches = stretchesOf(graph, walk, arrival);
  const unitAt = (i: number): Unit => roomOf(graph, stretches[i]?.room ?? -1).unit;
  const first = unitAt(0);
  if (stretches.length === 1) return [{ code: 'here', levelId: first.levelId, unitId: first.id }];
  return stretches.flatMap((stretch, i): Instruction[] => {
    const unit = unitAt(i);
    const place = { levelId: unit.levelId, unitId: unit.id };
    const before = stretches[i - 1];
    const [side, isLast] = [before === undefined ? undefined : turnInto(before, stretch), i === stretches.length - 1];
    const turn = side === undefined ? {} : { side };
    if (stretch.ride !== null) return [rideTo(unit, before === undefined ? unit : unitAt(i - 1))];
    if (before === undefined)
      return isPassage(unit) ? [{ code: 'walk', ...place, metres: lengthOf(stretch) }] : [leave(place, stretches)];
    if (isCarried(unit)) return [];
    if (isPassage(unit)) return [{ code: 'walk', ...place, ...turn, metres: lengthOf(stretch) }];
    return isLast ? [enter(graph, place, before, unit)] : [{ code: 'enter', ...place, ...doorOf(graph, before, unit) }];
  });
}

type Place = Pick<Instruction, 'levelId' | 'unitId'>;

const isCarried = (unit: Unit): boolean => unit.connector !== null;
const isPassage = (unit: Unit): boolean => passages.has(unit.category) && !isCarried(unit);

function leave(place: Place, stretches: readonly Stretch[]): Instruction {
  const [own, next] = stretches;
  const side = own === undefined || next === undefined ? undefined : turnInto(own, next);
  return { code: 'leave', ...place, ...(side === undefined ? {} : { side }) };
}

function rideTo(to: Unit, from: Unit): Instruction {
  const code = to.category === 'elevator' ? 'lift' : 'stairs';
  return { code, levelId: to.levelId, unitId: from.id, connector: to.connector ?? '' };
}

function enter(graph: WalkingGraph, place: Place, before: Stretch, unit: Unit): Instruction {
  return { code: 'enter', ...place, ...doorOf(graph, before, unit) };
}

/** Which door of the stretch before it is: only a passage has doors that are counted. */
function doorOf(graph: WalkingGraph, before: Stretch, unit: Unit): Pick<Instruction, 'side' | 'ordinal'> {
  const room = roomOf(graph, before.room);
  if (!isPassage(room.unit)) return {};
  const openings = graph.site.levelById.get(unit.levelId)?.openings ?? [];
  const side = sideOfDoor(room, before.points, unit, openings);
  return side === null ? {} : { side: side.side, ordinal: doorsPassed(room, side, openings, graph.site) };
}

function lengthOf({ points }: Stretch): number {
  let metres = 0;
  points.forEach(([x, y], i) => {
    const [px, py] = points[i - 1] ?? ([x, y] as Point);
    metres += Math.hypot(x - px, y - py);
  });
  return metres;
}
