import type { LevelId, UnitId } from '../ids';
import type { Level, Opening, Point, Site, Unit } from '../site';
import { doorPoint, furnish, type Room, type Shell, shellOf } from './room';
import { defaultWalkingRules, passages, type WalkingRules } from './rules';

/** A place where one goes from room to room: a door, or stepping into or out of a lift or a stair. */
export interface Crossing {
  readonly at: Point;
  readonly levelId: LevelId;
  readonly sides: readonly Side[];
  /** Seconds it takes to have it opened. */
  readonly delayS: number;
  /** Null for a door. One boards in one node and alights in another, so that nobody walks through a lift for free. */
  readonly ride: 'board' | 'alight' | null;
}

/** A crossing seen from one of its rooms. */
export interface Side {
  readonly room: number;
  /** Which of the room's points it is. */
  readonly slot: number;
  /** Metres from the door's sill to that point. */
  readonly stub: number;
}

/** Rooms, the crossings between them, and the ways from crossing to crossing, flat: ways of node n are `start[n]…start[n+1]`. */
export interface WalkingGraph {
  readonly site: Site;
  readonly rules: WalkingRules;
  readonly rooms: readonly Room[];
  readonly roomByUnit: ReadonlyMap<UnitId, number>;
  readonly roomsByLevel: ReadonlyMap<LevelId, readonly number[]>;
  /** The crossings of each room. */
  readonly exits: readonly (readonly Exit[])[];
  /** The ways into rooms, flat: the room, the crossing one comes through, and seconds from it to where one stands inside. */
  readonly entries: Entries;
  readonly crossings: readonly Crossing[];
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  /** The room a way leads through; -1 for a ride. */
  readonly through: Int32Array;
}

export interface Entries {
  readonly room: Int32Array;
  readonly node: Int32Array;
  readonly seconds: Float64Array;
}

export interface Exit extends Side {
  readonly node: number;
  readonly ride: Crossing['ride'];
}

interface Way {
  readonly to: number;
  readonly seconds: number;
  readonly metres: number;
  readonly through: number;
}

/**
 * Builds the graph once, at load. Openings that join one unit only (ways out) lead nowhere and are left out, as are
 * those nobody may pass. What the site says of walking goes before the usual rules, `overrides` before both.
 */
export function buildWalkingGraph(site: Site, overrides: Partial<WalkingRules> = {}): WalkingGraph {
  const rules = { ...defaultWalkingRules, ...site.walking, ...overrides };
  const shells = site.levels.flatMap((level) => level.units.map(shellOf));
  const roomByUnit = new Map(shells.map((shell, i) => [shell.unit.id, i]));
  const doors = new DoorPoints(shells, rules);
  const crossings: Crossing[] = [];
  for (const level of site.levels) {
    for (const opening of level.openings) crossings.push(...doors.crossingsOf(opening, roomByUnit));
  }
  shells.forEach((shell, room) => {
    if (shell.unit.connector === null) return;
    const side = doors.add(room, shell.inner, 0);
    const { levelId } = shell.unit;
    for (const ride of ['board', 'alight'] as const) {
      crossings.push({ at: shell.inner, levelId, sides: [side], ride, delayS: 0 });
    }
  });
  const rooms = shells.map((shell, i) => furnish(shell, doors.of(i), rules.clearance));
  const exits = rooms.map((): Exit[] => []);
  crossings.forEach(({ sides, ride }, node) =>
    sides.forEach((side) => exits[side.room]?.push({ ...side, node, ride })),
  );
  const roomsByLevel = new Map(
    site.levels.map((level) => [level.id, level.units.map((unit) => roomByUnit.get(unit.id) ?? -1)]),
  );
  const ways = flatten(waysOf({ site, rules, rooms, exits, crossings }));
  const entries = entriesOf(exits, rules);
  return { site, rules, rooms, roomByUnit, roomsByLevel, exits, entries, crossings, ...ways };
}

function entriesOf(exits: readonly (readonly Exit[])[], { speedMps }: WalkingRules): Entries {
  const all = exits.flatMap((own) => own.filter(({ ride }) => ride !== 'board'));
  return {
    room: Int32Array.from(all, ({ room }) => room),
    node: Int32Array.from(all, ({ node }) => node),
    seconds: Float64Array.from(all, ({ stub }) => stub / speedMps),
  };
}

/** Gathers, room by room, the points where doors are stepped through. */
class DoorPoints {
  readonly #points: Point[][];

  constructor(
    private readonly shells: readonly Shell[],
    private readonly rules: WalkingRules,
  ) {
    this.#points = shells.map(() => []);
  }

  of(room: number): readonly Point[] {
    return this.#points[room] ?? [];
  }

  add(room: number, point: Point, stub: number): Side {
    const points = this.#points[room] ?? [];
    return { room, slot: points.push(point) - 1, stub };
  }

  /** One crossing in the middle of a door; several along an opening too wide for one. */
  crossingsOf(opening: Opening, roomByUnit: ReadonlyMap<UnitId, number>): Crossing[] {
    const rooms = opening.unitIds.flatMap((id) => roomByUnit.get(id) ?? []);
    if (rooms.length < 2 || !mayPass(opening, this.rules)) return [];
    const delayS = opening.access === 'staff' ? this.rules.staffDoorS : 0;
    const { levelId } = opening;
    const [[ax, ay], [bx, by]] = [opening.from, opening.to];
    const width = Math.hypot(bx - ax, by - ay) || 1;
    const along = [(bx - ax) / width, (by - ay) / width] as const;
    const count = Math.max(1, Math.ceil(width / this.rules.crossingSpacing));
    return Array.from({ length: count }, (_, i): Crossing => {
      const share = (i + 0.5) / count;
      const at: Point = [ax + share * (bx - ax), ay + share * (by - ay)];
      return { at, levelId, sides: rooms.map((room) => this.#side(room, at, along)), ride: null, delayS };
    });
  }

  #side(room: number, at: Point, along: readonly [number, number]): Side {
    const shell = this.shells[room];
    if (shell === undefined) throw new RangeError(`Unexpected room ${room}`);
    const point = doorPoint(shell, at, along, this.rules.clearance);
    return this.add(room, point, Math.hypot(point[0] - at[0], point[1] - at[1]));
  }
}

/** An emergency exit sounds an alarm: it is no way to a pump. */
const mayPass = ({ access, category }: Opening, rules: WalkingRules): boolean =>
  access !== 'locked' && category !== 'emergencyexit' && (access !== 'staff' || rules.staffDoors);

type Parts = Pick<WalkingGraph, 'site' | 'rules' | 'rooms' | 'exits' | 'crossings'>;

function waysOf(parts: Parts): Way[][] {
  const ways = parts.crossings.map((): Way[] => []);
  parts.rooms.forEach((room, through) => {
    const exits = parts.exits[through] ?? [];
    for (const from of exits) {
      for (const to of exits) {
        if (from.node === to.node || from.ride === 'board' || to.ride === 'alight') continue;
        if (isLift(room.unit) && from.ride === null && to.ride === null) continue;
        const metres = from.stub + (room.metres[(from.slot * room.points.length) / 2 + to.slot] ?? Infinity) + to.stub;
        if (metres === Infinity) continue;
        const cutThrough = passages.has(room.unit.category) ? 0 : parts.rules.cutThroughS;
        const delay = parts.crossings[to.node]?.delayS ?? 0;
        const seconds = metres / parts.rules.speedMps + cutThrough + delay;
        ways[from.node]?.push({ to: to.node, metres, seconds, through });
      }
    }
  });
  addRides(parts, ways);
  return ways;
}

/** Joins the levels: from boarding on one to alighting on each other of the same lift or stair. */
function addRides({ site, rules, rooms, crossings }: Parts, ways: Way[][]): void {
  const unitOf = (crossing: Crossing): Unit | undefined => rooms[crossing.sides[0]?.room ?? -1]?.unit;
  const rides = crossings.flatMap((crossing, node) => {
    const unit = crossing.ride === null ? undefined : unitOf(crossing);
    const level = site.levelById.get(crossing.levelId);
    return unit === undefined || level === undefined ? [] : [{ ride: crossing.ride, node, unit, level }];
  });
  for (const from of rides) {
    for (const to of rides) {
      if (from.ride !== 'board' || to.ride !== 'alight' || from.level === to.level) continue;
      if (from.unit.connector !== to.unit.connector || (climbs.has(from.unit.category) && !rules.stairs)) continue;
      ways[from.node]?.push({ to: to.node, through: -1, ...rideCost(from.level, to.level, isLift(from.unit), rules) });
    }
  }
}

const climbs: ReadonlySet<string> = new Set(['stairs', 'steps', 'escalator']);
const isLift = (unit: Unit): boolean => unit.category === 'elevator';

function rideCost(from: Level, to: Level, lift: boolean, rules: WalkingRules): { seconds: number; metres: number } {
  const height = to.elevation - from.elevation;
  const climb = Math.abs(height);
  if (lift) return { seconds: rules.liftWaitS + climb / rules.liftMps, metres: 0 };
  const paceMps = height > 0 ? rules.stairsUpMps : rules.stairsDownMps;
  return { seconds: climb / paceMps, metres: climb * rules.stairsSlope };
}

function flatten(
  ways: readonly (readonly Way[])[],
): Pick<WalkingGraph, 'start' | 'to' | 'seconds' | 'metres' | 'through'> {
  const all = ways.flat();
  const start = new Int32Array(ways.length + 1);
  ways.forEach((own, node) => (start[node + 1] = (start[node] ?? 0) + own.length));
  return {
    start,
    to: Int32Array.from(all, (way) => way.to),
    seconds: Float64Array.from(all, (way) => way.seconds),
    metres: Float64Array.from(all, (way) => way.metres),
    through: Int32Array.from(all, (way) => way.through),
  };
}
