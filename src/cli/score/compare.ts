import type { Fix, SectionId, Site } from '../../core';
import { groupBy } from './group-by';
import { judge, type Verdict } from './judge';
import type { Entry } from './locate-all';
import type { Truth } from './read-ndjson';
import { share, summarise } from './summary';

/** One side of a comparison: a plan with its radio model, and what the engine made of the sightings with it. */
export interface Side {
  readonly site: Site;
  readonly fixes: readonly Fix[];
  readonly entries: readonly Entry[];
}

/** A figure on the side before and on the side after. */
export type Pair = readonly [before: number, after: number];

/** What changes for a section, or for all of them. Metres; parts the truth cannot judge are null. */
export interface Change {
  readonly instants: number;
  /** Share of instants at which the two sides name different rooms. */
  readonly roomsFlipped: number;
  /** How far apart the two sides place a tag on one level. */
  readonly apartP50: number;
  readonly apartP95: number;
  /** Rooms come back to within two minutes of leaving them, for each tag and day. */
  readonly flapsPerDay: Pair;
  readonly errorP50: Pair | null;
  readonly errorP95: Pair | null;
  readonly roomRight: Pair | null;
}

export interface Comparison {
  readonly all: Change;
  /** By the section the side before names, in order of its id; null: outside every section. */
  readonly sections: readonly (Change & { readonly sectionId: SectionId | null })[];
}

const instantMs = 1_000;
const flapMs = 120_000;
const dayMs = 86_400_000;

/** One instant as both sides see it. */
interface Seen {
  readonly before: Verdict;
  readonly after: Verdict;
}

/** @param truths null: every second between a tag's first fix and its last is an instant, and no error is known. */
export function compareSides(before: Side, after: Side, truths: readonly Truth[] | null): Comparison {
  const instants = truths ?? secondsOf(before.fixes);
  const others = judge(after.fixes, instants, after.site);
  const seen = judge(before.fixes, instants, before.site).flatMap((verdict, i): Seen[] => {
    const other = others[i];
    return other === undefined ? [] : [{ before: verdict, after: other }];
  });
  const flaps = [before, after].map(flapsOf);
  const change = (own: readonly Seen[], sectionId?: SectionId | null): Change =>
    changeOf(
      own,
      truths !== null,
      flaps.map((all) => countFlaps(all, sectionId)),
    );
  const bySection = groupBy(seen, (one) => one.before.fix?.sectionId ?? null);
  return {
    all: change(seen),
    sections: [...bySection]
      .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
      .map(([sectionId, own]) => ({ sectionId, ...change(own, sectionId) })),
  };
}

/** Instants without a known place: the coordinates are only there to be of the right shape. */
function secondsOf(fixes: readonly Fix[]): Truth[] {
  const seconds: Truth[] = [];
  for (const [tagId, own] of groupBy(fixes, (fix) => fix.tagId)) {
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) continue;
    for (let at = first.at; at <= last.at; at += instantMs) seconds.push({ tagId, at, levelId: first.levelId });
  }
  return seconds.sort((a, b) => a.at - b.at || (a.tagId < b.tagId ? -1 : 1));
}

function changeOf(seen: readonly Seen[], isKnown: boolean, flaps: readonly number[]): Change {
  const apart = seen.flatMap(({ before, after }) =>
    before.fix === null || after.fix === null || before.fix.levelId !== after.fix.levelId
      ? []
      : [Math.hypot(before.fix.x - after.fix.x, before.fix.y - after.fix.y)],
  );
  const { median: apartP50, p95: apartP95 } = apart.length === 0 ? { median: 0, p95: 0 } : summarise(apart);
  const tagDays = (seen.length * instantMs) / dayMs;
  const sides = [seen.map(({ before }) => before), seen.map(({ after }) => after)];
  const errors = sides.map((own) => summarise(own.flatMap(({ error }) => (error === null ? [] : [error]))));
  return {
    instants: seen.length,
    roomsFlipped: share(seen, ({ before, after }) => before.fix?.zoneId !== after.fix?.zoneId),
    apartP50,
    apartP95,
    flapsPerDay: pairOf(flaps.map((count) => (tagDays === 0 ? 0 : count / tagDays))),
    errorP50: isKnown ? pairOf(errors.map(({ median }) => median)) : null,
    errorP95: isKnown ? pairOf(errors.map(({ p95 }) => p95)) : null,
    roomRight: isKnown ? pairOf(sides.map(roomsRight)) : null,
  };
}

const pairOf = (values: readonly number[]): Pair => [values[0] ?? NaN, values[1] ?? NaN];

const roomsRight = (verdicts: readonly Verdict[]): number =>
  share(
    verdicts.filter(({ trueZone }) => trueZone !== null),
    ({ fix, trueZone }) => fix?.zoneId === trueZone,
  );

/** The section of each room that was come back to. */
function flapsOf({ entries, site }: Side): (SectionId | null)[] {
  const sections = new Map([...site.unitById.values()].map((unit) => [String(unit.id), unit.sectionId]));
  return [...groupBy(entries, ({ tagId }) => tagId).values()].flatMap((own) =>
    own.flatMap(({ zoneId, at }, i) => {
      const left = own[i - 1];
      const wasIn = own[i - 2];
      const isFlap = wasIn?.zoneId === zoneId && left !== undefined && at - left.at <= flapMs;
      return isFlap ? [sections.get(zoneId) ?? null] : [];
    }),
  );
}

const countFlaps = (flaps: readonly (SectionId | null)[], sectionId?: SectionId | null): number =>
  sectionId === undefined ? flaps.length : flaps.filter((own) => own === sectionId).length;

/** Sections seen for less than this many instants are shown, not judged. */
const fewest = 300;

/**
 * What is worse after than before by more than the margin, one sentence each: errors and flaps in proportion, rooms in
 * shares. Without a truth, rooms that flip count as worse.
 */
export function worseBy({ all, sections }: Comparison, margin: number): string[] {
  const judged = sections.filter(({ instants }) => instants >= fewest);
  return [
    ...worseIn('the whole site', all, margin),
    ...judged.flatMap((own) => worseIn(own.sectionId ?? 'outside every section', own, margin)),
  ];
}

function worseIn(where: string, change: Change, margin: number): string[] {
  const { errorP50, errorP95, roomRight, flapsPerDay, roomsFlipped } = change;
  const worse: string[] = [];
  const grows = (what: string, pair: Pair | null, slack: number): void => {
    if (pair === null || !(pair[1] > pair[0] * (1 + margin) + slack)) return;
    worse.push(`${where}: ${what} ${pair[0].toFixed(2)} → ${pair[1].toFixed(2)}`);
  };
  grows('median error', errorP50, 0.01);
  grows('p95 error', errorP95, 0.01);
  // One flap a day is chance.
  grows('flaps a day', flapsPerDay, 1);
  if (roomRight !== null && roomRight[1] < roomRight[0] - margin) {
    worse.push(`${where}: rooms right ${roomRight[0].toFixed(3)} → ${roomRight[1].toFixed(3)}`);
  }
  if (roomRight === null && roomsFlipped > margin) worse.push(`${where}: rooms flipped ${roomsFlipped.toFixed(3)}`);
  return worse;
}
