import { buildWalkingGraph, type Rules, type Unit, type UnitId, type WalkingGraph } from '../../../core';
import { loadSite } from '../../../sites/site-files';
import { routerOf } from '../../simulate/on-foot';
import { readPieces } from '../../simulate/pieces';
import { type Random, seededRandom } from '../../simulate/random';
import { survey } from '../../simulate/survey';
import { type Outcome, Search } from './searches';
import { byKnowing, byStraightLine, byTheFinder, byTheUsualRooms, middleOf, usualRooms, type Way } from './seekers';
import { Staff } from './staff';
import { System } from './system';
import { TrueDay } from './truth';

export interface DayOptions {
  readonly site: string;
  readonly hours: number;
  readonly kinds: readonly string[];
  /** Of each kind. */
  readonly searches: number;
  readonly seed: number;
  /** Places where a surveyor stood in the same air before the day. */
  readonly surveyPoints: number;
  readonly rules: Partial<Rules>;
  readonly onHour?: (hour: number) => void;
}

export const wayNames = [
  'finder',
  'straight line',
  'straight line, own level first',
  'usual rooms',
  'knowing all',
] as const;
export type WayName = (typeof wayNames)[number];

export interface DayResult {
  readonly pieces: number;
  readonly kinds: readonly string[];
  readonly sightings: number;
  /** Pieces of each kind that could truly be used, on average over the day. */
  readonly usable: Readonly<Record<string, number>>;
  /** Share of pieces the system had in their true room, looked at once a minute. */
  readonly rightRoom: number;
  readonly outcomes: ReadonlyMap<WayName, readonly Outcome[]>;
}

const startAt = Date.UTC(2026, 0, 5);
const stepMs = 1_000;
/** The system has followed the hospital for so long before anybody asks, ms: some of what is in store it saw in use. */
const warmUpMs = 2 * 3_600_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Where nurses are when they need something. */
const careRooms = [
  'patient-room',
  'icu-room',
  'exam-room',
  'recovery',
  'resuscitation',
  'treatment-room',
  'nurse-station',
];

/** A day of a hospital in which everybody's equipment moves, and some of it is looked for. */
export async function runDay(options: DayOptions): Promise<DayResult> {
  const { site } = await loadSite(options.site);
  const pieces = (await readPieces(options.site)).filter(({ kind }) => options.kinds.includes(kind));
  const { kinds } = options;
  const truth = new TrueDay(site, pieces, routerOf(site), options.seed, startAt);
  const surveyed = { survey: survey(site, options.seed, options.surveyPoints), rules: options.rules };
  const system = await System.load(options.site, surveyed, pieces);
  const staff = new Staff(truth.pieces, system, options.seed);
  const graph = buildWalkingGraph(site);
  const seekers = new Seekers(system, truth, graph, kinds, options);
  let sightings = 0;
  const rooms = new Looks();
  const until = startAt + warmUpMs + options.hours * hourMs;
  for (let now = startAt + stepMs; now <= until || seekers.areUnderWay; now += stepMs) {
    truth.step(now, stepMs).forEach((heard, i) => (sightings += system.hear(i, heard, now)));
    staff.step(now);
    seekers.step(now);
    if (now > startAt + warmUpMs && (now - startAt) % minuteMs === 0) rooms.look(truth, system);
    if ((now - startAt) % hourMs === 0) options.onHour?.((now - startAt) / hourMs);
  }
  const { outcomes } = seekers;
  return { pieces: pieces.length, kinds, sightings, usable: rooms.usable, rightRoom: rooms.rightRoom, outcomes };
}

/** What a look at everything, once a minute, says on average. */
class Looks {
  #looks = 0;
  #right = 0;
  #all = 0;
  readonly #usable = new Map<string, number>();

  get rightRoom(): number {
    return this.#right / this.#all;
  }

  get usable(): Record<string, number> {
    return Object.fromEntries([...this.#usable].map(([kind, count]) => [kind, count / this.#looks]));
  }

  look(truth: TrueDay, { places }: System): void {
    this.#looks++;
    for (const piece of truth.pieces) {
      const { tagId, kind } = piece.equipment.piece;
      this.#all++;
      if (places.get(tagId)?.zoneId === piece.unitId) this.#right++;
      if (piece.isUsable) this.#usable.set(kind, (this.#usable.get(kind) ?? 0) + 1);
    }
  }
}

/** Starts the searches through the day, each in every way from the same place at the same time. */
class Seekers {
  readonly outcomes = new Map<WayName, Outcome[]>(wayNames.map((name) => [name, []]));
  readonly #ways: ReadonlyMap<WayName, Way>;
  readonly #usual: Way;
  readonly #starts: { readonly at: number; readonly kind: string; readonly room: UnitId }[];
  #active: { readonly name: WayName; readonly search: Search }[] = [];

  constructor(
    system: System,
    private readonly truth: TrueDay,
    private readonly graph: WalkingGraph,
    kinds: readonly string[],
    options: DayOptions,
  ) {
    const units = [...graph.site.unitById.values()];
    this.#usual = byTheUsualRooms(graph, usualRooms(units, kinds));
    this.#ways = new Map<WayName, Way>([
      ['finder', byTheFinder(system, graph)],
      ['straight line', byStraightLine(system, graph, false)],
      ['straight line, own level first', byStraightLine(system, graph, true)],
      ['usual rooms', this.#usual],
      ['knowing all', byKnowing(truth, graph)],
    ]);
    const random = seededRandom(options.seed).fork('nurses');
    const care = units.filter(({ spaceType }) => careRooms.includes(spaceType ?? ''));
    this.#starts = kinds.flatMap((kind) => startsOf(kind, options, care, random)).sort((a, b) => a.at - b.at);
  }

  get areUnderWay(): boolean {
    return this.#active.length > 0;
  }

  step(now: number): void {
    for (let next = this.#starts[0]; next !== undefined && next.at <= now; next = this.#starts[0]) {
      this.#starts.shift();
      this.#start(next.kind, next.room, now);
    }
    this.#active = this.#active.filter(({ name, search }) => {
      const outcome = search.step(now);
      if (outcome !== null) this.outcomes.get(name)?.push(outcome);
      return outcome === null;
    });
  }

  #start(kind: string, room: UnitId, now: number): void {
    const seeking = { kind, at: middleOf(this.graph, room), visited: new Set<UnitId>(), now };
    for (const [name, way] of this.#ways) {
      this.#active.push({ name, search: new Search(way, this.#usual, this.truth, this.graph, seeking) });
    }
  }
}

function startsOf(kind: string, { hours, searches }: DayOptions, care: readonly Unit[], random: Random) {
  return Array.from({ length: searches }, () => ({
    at: startAt + warmUpMs + random.uniform() * hours * hourMs,
    kind,
    room: random.pick(care).id,
  }));
}
