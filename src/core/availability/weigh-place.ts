import type { Known, Space, Whereabouts } from './known';
import { left, mostOf, noOdds, type Odds, oddsOf, probabilitiesOf, sum } from './odds';
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
  if (place === null) return latest.at;
  const movedAt = place.silent ? null : Math.max(place.since ?? 0, place.restingSince ?? place.at);
  return movedAt !== null && movedAt > latest.at ? null : latest.at;
}

/** What decides how a place is spoken of. @param now epoch ms */
export function placeCode(place: Whereabouts, now: number, rules: AvailabilityRules): PlaceCode {
  const { space } = place;
  if (space === null || !isPlaceSure(place, rules)) return 'place-unsure';
  return isPassing(space.type, place, now, rules) ? 'moving' : 'rests-in';
}

function isPassing(type: string, { restingSince }: Whereabouts, now: number, rules: AvailabilityRules): boolean {
  const isSettled = restingSince !== null && now - restingSince >= rules.settleMs;
  return rules.passages.has(type) && !isSettled;
}

/** What a space of this type says of an asset there now, as log-odds. */
export function oddsOfPlace(type: string, place: Whereabouts, now: number, rules: AvailabilityRules): Odds {
  return oddsOf(isPassing(type, place, now, rules) ? rules.moving : (rules.places[type] ?? {}));
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

/**
 * Probabilities of the states when the place is one of several: what would be thought in each, mixed by how likely the
 * asset is there (Jeffrey's rule of conditioning on uncertain evidence); what is left over says nothing.
 * @param base log-odds of all other evidence
 */
export function mixPlaces(base: Odds, known: Known, now: number, rules: AvailabilityRules): Odds {
  const { place } = known;
  const mixed: [number, number, number, number] = [0, 0, 0, 0];
  let rest = 1;
  const add = (odds: Odds, share: number): void => {
    const probabilities = probabilitiesOf(sum(base, odds));
    for (let i = 0; i < states.length; i++) mixed[i] = (mixed[i] ?? 0) + share * (probabilities[i] ?? 0);
  };
  if (place !== null) {
    const notFound = notFoundAt(known);
    const { keep, halfLifeMs } = rules.notHere;
    const believed = notFound === null ? 1 : 1 - (1 - keep) * left(now - notFound, halfLifeMs);
    const kept = freshness(place, now, rules) * believed;
    for (const { type, probability } of sharpened(spacesOf(place), rules.sharpness)) {
      const share = Math.min(rest, probability * kept * trustIn(placeKey(type), known, now, rules));
      rest -= share;
      add(oddsOfPlace(type, place, now, rules), share);
    }
  }
  add(noOdds, rest);
  return mixed;
}

function spacesOf({ space, probability, others }: Whereabouts): { type: string; probability: number }[] {
  return space === null ? [...others] : [{ type: space.type, probability }, ...others];
}

/**
 * Probabilities of places raised to a power and made to sum to 1 again, what is left over with them: above 1 the engine is
 * taken to doubt more than it errs.
 */
function sharpened<T extends { readonly probability: number }>(spaces: readonly T[], sharpness: number): T[] {
  if (sharpness === 1) return [...spaces];
  const rest = Math.max(0, 1 - spaces.reduce((all, { probability }) => all + probability, 0));
  const all = spaces.reduce((sum, { probability }) => sum + probability ** sharpness, rest ** sharpness);
  return spaces.map((space) => ({ ...space, probability: all === 0 ? 0 : space.probability ** sharpness / all }));
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

/** What a space says most: a state, that it is a passage, or what only its own type says. */
const meaningOf = ({ type }: Pick<Space, 'type'>, rules: AvailabilityRules): string =>
  rules.passages.has(type) ? 'passage' : (mainState(type, rules) ?? type);

/** The state a space of this type speaks for most; null when it says nothing. */
export const mainState = (type: string, rules: AvailabilityRules): State | null => mostOf(rules.places[type] ?? {});
