import type { Opening, Point, Site, Unit } from '../site';
import type { Room } from './room';
import type { Stretch } from './route';
import { passages } from './rules';
import { nearestWall } from './walls';

export type Side = 'left' | 'right';

/** A bend of less is none, radians. */
const bend = Math.PI / 5;
/** A door whose wall is walked towards rather than along lies ahead: metres along per metre towards. */
const alongPerTowards = 0.6;
/** Doors of one wall face the same way, within this: sine of the angle. */
const parallel = 0.26;
/** The door one comes in by does not count, nor one beside it, metres. */
const justEntered = 0.3;

/** To which side one turns, stepping from one room into the next; undefined straight on. */
export function turnInto(before: Stretch, next: Stretch): Side | undefined {
  const into = lastDirection(before.points);
  const on = mainDirection(next.points);
  if (into === null || on === null) return undefined;
  const turn = Math.atan2(into[0] * on[1] - into[1] * on[0], into[0] * on[0] + into[1] * on[1]);
  return Math.abs(turn) < bend ? undefined : turn > 0 ? 'left' : 'right';
}

/** A door on one side of a straight walk. */
export interface DoorSide {
  readonly side: Side;
  /** Where the straight walk began. */
  readonly start: Point;
  /** Unit vector along the wall, in walking direction. */
  readonly along: Point;
  /** Metres from the start to the door, along the wall. */
  readonly distance: number;
}

/** On which side of the walk through a passage its last point, the door to a unit, lies; null straight ahead. */
export function sideOfDoor(
  room: Room,
  points: readonly Point[],
  unit: Unit,
  openings: readonly Opening[],
): DoorSide | null {
  const end = points.at(-1);
  const start = points[lastBend(points)];
  const door = openings.find(
    (opening) => joins(opening, room.unit) && joins(opening, unit) && end !== undefined && liesOn(end, opening),
  );
  if (end === undefined || start === undefined || door === undefined) return null;
  const [ux, uy] = unitVector(door.from, door.to);
  const middle = middleOf(door);
  const wall = nearestWall(room.walls, middle[0], middle[1], [ux, uy]);
  const [dx, dy] = [middle[0] - start[0], middle[1] - start[1]];
  const distance = dx * ux + dy * uy;
  const towards = Math.abs(dx * wall.normalX + dy * wall.normalY);
  if (Math.abs(distance) <= alongPerTowards * towards) return null;
  const sign = Math.sign(distance);
  const along: Point = [ux * sign, uy * sign];
  return { side: sideOf(along, wall), start, along, distance: Math.abs(distance) };
}

/** Which door on its side it is, counted from where the straight walk began: 1 for the first. */
export function doorsPassed(
  room: Room,
  { side, start, along, distance }: DoorSide,
  openings: readonly Opening[],
  site: Site,
): number {
  let count = 0;
  for (const door of openings) {
    if (!joins(door, room.unit) || leadsOn(door, room.unit, site)) continue;
    const [ux, uy] = unitVector(door.from, door.to);
    if (Math.abs(ux * along[1] - uy * along[0]) > parallel) continue;
    const [x, y] = middleOf(door);
    const at = (x - start[0]) * along[0] + (y - start[1]) * along[1];
    if (at <= justEntered || at > distance + 1e-6) continue;
    if (sideOf(along, nearestWall(room.walls, x, y, [ux, uy])) === side) count++;
  }
  return Math.max(1, count);
}

/** The wall's normal points into the passage: the door lies the other way. */
const sideOf = (along: Point, wall: { readonly normalX: number; readonly normalY: number }): Side =>
  along[0] * wall.normalY - along[1] * wall.normalX < 0 ? 'left' : 'right';

const joins = (opening: Opening, unit: Unit): boolean => opening.unitIds.includes(unit.id);

/** Where one passage opens into another nobody counts a door. Stairs and lifts have doors. */
function leadsOn(opening: Opening, from: Unit, site: Site): boolean {
  return opening.unitIds.some((id) => {
    const unit = site.unitById.get(id);
    return unit !== undefined && unit.id !== from.id && unit.connector === null && passages.has(unit.category);
  });
}

const middleOf = ({ from, to }: Opening): Point => [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];

function liesOn([x, y]: Point, { from, to }: Opening): boolean {
  const [length, before, after] = [
    Math.hypot(to[0] - from[0], to[1] - from[1]),
    Math.hypot(x - from[0], y - from[1]),
    Math.hypot(x - to[0], y - to[1]),
  ];
  return before + after <= length + 1e-6;
}

function unitVector(a: Point, b: Point): Point {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  return [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
}

/** Index of the last point where the walk bends; 0 when it is straight. */
function lastBend(points: readonly Point[]): number {
  for (let i = points.length - 2; i > 0; i--) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]];
    if (a === undefined || b === undefined || c === undefined) continue;
    // The step through the door itself is no bend.
    if (i === points.length - 2 && Math.hypot(c[0] - b[0], c[1] - b[1]) < 1) continue;
    if (i === 1 && Math.hypot(b[0] - a[0], b[1] - a[1]) < 1) continue;
    const [before, after] = [unitVector(a, b), unitVector(b, c)];
    if (before[0] * after[0] + before[1] * after[1] < Math.cos(bend)) return i;
  }
  return 0;
}

/** How one goes through the door at the end. */
function lastDirection(points: readonly Point[]): Point | null {
  const [a, b] = [points.at(-2), points.at(-1)];
  return a === undefined || b === undefined ? null : unitVector(a, b);
}

/** Where the longest part leads. */
function mainDirection(points: readonly Point[]): Point | null {
  let longest = 0;
  let direction: Point | null = null;
  points.forEach((b, i) => {
    const a = points[i - 1];
    const length = a === undefined ? 0 : Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (a === undefined || length <= longest) return;
    [longest, direction] = [length, unitVector(a, b)];
  });
  return direction;
}
