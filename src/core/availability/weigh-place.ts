import type { UnitId } from '../ids';
import type { Known, LastUse, LikelySpace, Space, Whereabouts } from './known';
import { greatest, left, mostOf, noOdds, type Odds, oddsOf, probabilitiesOf, sum } from './odds';
import { type AvailabilityRules, type State, states } from './rules';

/** Which way a place speaks. */
export type PlaceCode = 'place-unsure' | 'moving' | 'rests-in';

/** Under what name a place's word is remembered as misleading. */
export const placeKey = (type: string): string => `rests-in:${type}`;

/** How much an evidence still counts for an asset it misled about before, 0…1. @param now epoch ms */
export function trustIn(key: string, { said }: Known, now: number, { misled }: AvailabilityRules): number {
  let trust = 1;
  for (const { misled: keys, at } of said.corrections) {
    if (keys.includes(key)) trust *= 1 - misled.loss * left(now - at, misled.halfLifeMs);
  }
  return trust;
}

/** The correction that says it was not found in the place it is still shown at; null when there is none. */
export function notFoundAt({ place, said }: Pick<Known, 'place' | 'said'>): number | null {
  const latest = said.corrections.find(({ code }) => code !== 'broken');
  if (latest?.code !== 'not-here') return null;
  return place !== null && hasMovedSince(place, latest.at) ? null : latest.at;
}

/** Whether it was seen to go elsewhere after then, epoch ms; a silent tag's is not seen. */
export const hasMovedSince = ({ silent, since, restingSince, at }: Whereabouts, then: number): boolean =>
  !silent && Math.max(since ?? 0, restingSince ?? at) > then;

/** What decides how a place is spoken of. @param now epoch ms */
export function placeCode(place: Whereabouts, now: number, rules: AvailabilityRules): PlaceCode {
  const { space } = place;
  if (space === null || !isPlaceSure(place, rules)) return 'place-unsure';
  return isPassing(space.type, place, now, rules) ? 'moving' : 'rests-in';
}

export function isPassing(type: string, { restingSince }: Whereabouts, now: number, rules: AvailabilityRules): boolean {
  const isSettled = restingSince !== null && now - restingSince >= rules.settleMs;
  return rules.passages.has(type) && !isSettled;
}

/** What a space of this type says of an asset there now, as log-odds. */
export function oddsOfPlace(type: string, place: Whereabouts, now: number, rules: AvailabilityRules): Odds {
  return oddsOf(isPassing(type, place, now, rules) ? rules.moving : (rules.places[type] ?? {}));
}

/** From this probability on one says that it was not cleaned. */
const likelyUncleaned = 0.5;

/** What its last use says, and under what name it is remembered as misleading. */
export const useCode = ({ uncleaned }: LastUse): 'not-cleaned' | 'cleaned' =>
  uncleaned >= likelyUncleaned ? 'not-cleaned' : 'cleaned';

/** What the last use adds where a piece is kept ready to be taken; nothing elsewhere. @param now epoch ms */
export function oddsOfUse(type: string, known: Known, now: number, rules: AvailabilityRules): Odds {
  const { lastUse } = known;
  if (lastUse === null || rules.lastUse === null || mainState(type, rules) !== 'free') return noOdds;
  const { uncleaned } = lastUse;
  const trust = trustIn(useCode(lastUse), known, now, rules);
  const { notCleaned, cleaned } = rules.lastUse;
  return sum(oddsOf(notCleaned, uncleaned * trust), oddsOf(cleaned, (1 - uncleaned) * trust));
}

/** How much of its place an asset's last fix still tells, 0…1: all of a new one, less of an old or a silent one. */
export function freshness(
  { at, silent }: Whereabouts,
  now: number,
  { stale, silent: lost }: AvailabilityRules,
): number {
  if (silent) return lost.keep * left(now - at, lost.halfLifeMs);
  return left(now - at - stale.afterMs, stale.halfLifeMs);
}

/** A unit an asset may be in. */
export interface Spot {
  readonly unitId: UnitId;
  /** That it was there when last heard, 0…1. */
  readonly share: number;
  /** That it can be taken and used if it is there, 0…1. */
  readonly freeThere: number;
}

/** The states with the place mixed in, and the units it may be in. */
export interface Mixed {
  readonly odds: Odds;
  readonly spots: readonly Spot[];
}

/**
 * Probabilities of the states when the place is one of several: what would be thought in each, mixed by how likely the
 * asset is there (Jeffrey's rule of conditioning on uncertain evidence); what is left over says nothing.
 * @param base log-odds of all other evidence
 */
export function mixPlaces(base: Odds, known: Known, now: number, rules: AvailabilityRules): Mixed {
  const { place } = known;
  const mixed: [number, number, number, number] = [0, 0, 0, 0];
  const spots: Spot[] = [];
  let unplaced = 1;
  const add = (odds: Odds, share: number): number => {
    const probabilities = probabilitiesOf(sum(base, odds));
    for (let i = 0; i < states.length; i++) mixed[i] = (mixed[i] ?? 0) + share * (probabilities[i] ?? 0);
    return probabilities[0];
  };
  const fresh = place === null ? 0 : freshness(place, now, rules);
  if (place !== null) {
    const believed = beliefInPlace(known, now, rules);
    for (const { unitId, type, probability } of spacesOf(place)) {
      const share = Math.min(unplaced, probability * believed * trustIn(placeKey(type), known, now, rules));
      unplaced -= share;
      const there = sum(oddsOfPlace(type, place, now, rules), oddsOfUse(type, known, now, rules));
      spots.push({ unitId, share, freeThere: add(there, share * fresh) });
    }
  }
  add(noOdds, 1 - fresh * (1 - unplaced));
  return { odds: mixed, spots };
}

/** Less where somebody looked and did not find it, 0…1. */
function beliefInPlace(known: Known, now: number, { notHere: { keep, halfLifeMs } }: AvailabilityRules): number {
  const notFound = notFoundAt(known);
  return notFound === null ? 1 : 1 - (1 - keep) * left(now - notFound, halfLifeMs);
}

/** A fix of this age is still where the tag is: tags at rest are heard several times within it. */
export const freshMs = 60_000;

/**
 * That an asset is still where it was when last heard, 0…1. Whoever walks there is let down by an older fix sooner than
 * its status changes: `freshness` waits longer.
 */
export function chanceStillThere({ at, silent }: Whereabouts, now: number, rules: AvailabilityRules): number {
  if (silent) return rules.silent.keep * left(now - at, rules.silent.halfLifeMs);
  return left(now - at - freshMs, rules.stale.halfLifeMs);
}

export function spacesOf({ space, probability, others }: Whereabouts): LikelySpace[] {
  return space === null ? [...others] : [{ ...space, probability }, ...others];
}

/**
 * The same place when it is known how seldom such an asset comes to rest in some spaces (`seldom`): probabilities by
 * Bayes' rule, what is left over with them. The engine follows tags and does not know what wears them. Where the engine
 * names no space, or one that is likely no more, the likeliest is named once it is likelier than all others together.
 */
export function asItRests(place: Whereabouts, { seldom }: AvailabilityRules): Whereabouts {
  const spaces = spacesOf(place);
  if (place.restingSince === null || spaces.length === 0) return place;
  const rest = Math.max(0, 1 - spaces.reduce((all, { probability }) => all + probability, 0));
  const weighed = spaces.map((space) => ({ ...space, probability: space.probability * (seldom[space.type] ?? 1) }));
  const all = weighed.reduce((sum, { probability }) => sum + probability, rest);
  const likely = weighed.map((space) => ({ ...space, probability: space.probability / all }));
  const named = place.space === null ? undefined : likely[0];
  const best = likely.toSorted((a, b) => b.probability - a.probability)[0];
  const space = best !== undefined && best.probability > 0.5 ? best : named;
  if (space === undefined) return { ...place, others: likely };
  const others = likely.filter(({ unitId }) => unitId !== space.unitId);
  const isSame = space.unitId === place.space?.unitId;
  return { ...place, space, probability: space.probability, others, since: isSame ? place.since : place.restingSince };
}

/**
 * Whether it is sure enough that the asset is in a space that says what its own says: two patient rooms side by side,
 * each likely by half, leave no doubt that a pump is at a bedside.
 */
export function isPlaceSure(place: Whereabouts, rules: AvailabilityRules): boolean {
  const { space, wasSure, others } = place;
  if (space === null) return false;
  const least = wasSure ? rules.leastPlaceToHold : rules.leastPlace;
  let sure = place.probability;
  if (sure >= least) return true;
  const meant = meaningOf(space, rules);
  for (const other of others) if (meaningOf(other, rules) === meant) sure += other.probability;
  return sure >= least;
}

/**
 * The likeliest of the units that speak for a state, with the probability of all of them: where no unit is sure, several
 * together may leave no doubt. Null when none does.
 * @param now epoch ms
 */
export function likeliestThatSays(
  state: State,
  place: Whereabouts,
  now: number,
  rules: AvailabilityRules,
): LikelySpace | null {
  const alike = spacesOf(place).filter(({ type }) => greatest(oddsOfPlace(type, place, now, rules)) === state);
  const [likeliest] = alike.toSorted((a, b) => b.probability - a.probability);
  if (likeliest === undefined) return null;
  return { ...likeliest, probability: alike.reduce((sum, { probability }) => sum + probability, 0) };
}

/** What a space says most: a state, that it is a passage, or what only its own type says. */
const meaningOf = ({ type }: Pick<Space, 'type'>, rules: AvailabilityRules): string =>
  rules.passages.has(type) ? 'passage' : (mainState(type, rules) ?? type);

/** The state a space of this type speaks for most; null when it says nothing. */
export const mainState = (type: string, rules: AvailabilityRules): State | null => mostOf(rules.places[type] ?? {});
