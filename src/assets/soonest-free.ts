import { nearestFrom, nearestInRooms, type OnFoot, type Reached, type Section, type Unit } from '../core';
import type { Candidate, PassedOver } from './candidates';

/** One that cannot be taken now, and how long that may last. */
export interface Waiting extends Reached<Candidate> {
  readonly why: PassedOver;
  readonly waitS: number;
}

const minute = 60;
/** Rules of thumb: how long until one so marked is free, seconds; those left out are not worth waiting for. */
const waits: Partial<Record<PassedOver, number>> = {
  'needs-cleaning': 20 * minute,
  claimed: 10 * minute,
  unknown: 30 * minute,
  'in-use': 60 * minute,
};
const mostWaiting = 3;
const mostAsked = 2;

/** What is likely free soonest, walking counted. @param others by unit */
export function soonestFree(onFoot: OnFoot, others: readonly (readonly Candidate[])[]): Waiting[] {
  const waiting = others.map((unit) => unit.filter(({ not }) => not !== null && waits[not] !== undefined));
  const waitS = ({ not }: Candidate): number => (not === null ? 0 : (waits[not] ?? 0));
  return nearestInRooms(onFoot, waiting, mostWaiting, waitS).flatMap((reached): Waiting[] => {
    const { not } = reached.item;
    return not === null ? [] : [{ ...reached, why: not, waitS: waitS(reached.item) }];
  });
}

/** A section that has equipment of the kind, and where its staff are found. */
export interface Colleague {
  readonly section: Section;
  readonly unit: Unit;
  readonly seconds: number;
  readonly pieces: number;
}

const desks: readonly (string | null)[] = ['nurse-station', 'reception'];

/** The nearest sections where any of these are: somebody there may give one up. */
export function askWhere({ graph, walk }: OnFoot, candidates: readonly Candidate[]): Colleague[] {
  const pieces = new Map<string, number>();
  for (const { place } of candidates) {
    if (place.sectionId !== null) pieces.set(place.sectionId, (pieces.get(place.sectionId) ?? 0) + 1);
  }
  const staffed = graph.rooms
    .filter(({ unit }) => unit.sectionId !== null && pieces.has(unit.sectionId) && desks.includes(unit.spaceType))
    .map(({ unit, inner: [x, y] }) => ({ unit, levelId: unit.levelId, unitId: unit.id, x, y }));
  const asked = new Map<string, Colleague>();
  for (const { item, arrival } of nearestFrom(graph, walk, staffed, staffed.length)) {
    const section = item.unit.sectionId === null ? undefined : graph.site.sectionById.get(item.unit.sectionId);
    if (section === undefined || asked.has(section.id)) continue;
    asked.set(section.id, { section, unit: item.unit, seconds: arrival.seconds, pieces: pieces.get(section.id) ?? 0 });
  }
  return [...asked.values()].slice(0, mostAsked);
}
