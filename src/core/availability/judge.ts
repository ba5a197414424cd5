import type { Known, Whereabouts } from './known';
import { greatest, noOdds, type Odds, oddsOf, probabilitiesOf, sum, weightFor } from './odds';
import type { Reason } from './reason';
import { type Availability, type AvailabilityRules, type State, states } from './rules';
import {
  asItRests,
  isPassing,
  likeliestThatSays,
  type Mixed,
  mixPlaces,
  notFoundAt,
  oddsOfPlace,
  oddsOfUse,
  placeCode,
  placeKey,
  type Spot,
  useCode,
} from './weigh-place';
import { isVouchedFor, type Weighed, weighRest, weighSaid } from './weigh-said';

/** How likely each is, without the reasons. */
export interface Estimate {
  readonly status: Availability;
  /** That `status` is right; for `unknown`, that of the likeliest state. 0…1. */
  readonly probability: number;
  /** `status` is said, but neither sure enough to be said plainly nor vouched for by somebody: it is so probably. */
  readonly isProbable: boolean;
  /** That it can be taken and used, 0…1. */
  readonly freeProbability: number;
  /** Where it may be, and whether it can be used there. */
  readonly spots: readonly Spot[];
}

export interface Judgement extends Estimate {
  /** Epoch ms; null when it is not known since when. */
  readonly since: number | null;
  /** The most telling reason first. */
  readonly evidence: readonly Reason[];
}

/** Whether an asset can be taken, and how likely. @param now epoch ms */
export function estimate(seen: Known, now: number, rules: AvailabilityRules): Estimate {
  const known = atRest(seen, rules);
  const base = baseOf(weighRestAndSaid(seen, known, now, rules), rules);
  return decide(mixPlaces(base, known, now, rules), seen, now, rules);
}

/**
 * The same, and why. Evidence adds log-odds to each state (naive Bayes over states); the place counts by how likely the
 * asset is in it (`mixPlaces`).
 * @param now epoch ms
 */
export function judge(seen: Known, now: number, rules: AvailabilityRules): Judgement {
  const known = atRest(seen, rules);
  const weighed = weighRestAndSaid(seen, known, now, rules);
  const base = baseOf(weighed, rules);
  const mixed = mixPlaces(base, known, now, rules);
  const decided = decide(mixed, seen, now, rules);
  const evidence = [
    ...weighed.map(({ reason, odds }) => ({ ...reason, weight: weightOf(odds, reason.status) })),
    ...placeReasons(known, base, { ...decided, odds: mixed.odds }, now, rules),
  ];
  const ordered = evidence.sort((a, b) => tells(b, decided.status) - tells(a, decided.status));
  const first = ordered.find(({ status }) => status === decided.status) ?? ordered[0];
  return { ...decided, since: first?.since ?? null, evidence: ordered };
}

const atRest = (known: Known, rules: AvailabilityRules): Known =>
  known.place === null ? known : { ...known, place: asItRests(known.place, rules) };

/** What was said ends by where the engine itself has it, not by where such things rest: see `endOfManual`. */
function weighRestAndSaid(seen: Known, known: Known, now: number, rules: AvailabilityRules): Weighed[] {
  const said = weighSaid(seen, now, rules);
  const rest = known.place === null ? null : weighRest(known, now, rules, known.place);
  return rest === null ? said : [...said, rest];
}

function baseOf(weighed: readonly Weighed[], rules: AvailabilityRules): Odds {
  return weighed.reduce((all, { odds }) => sum(all, odds), oddsOf(rules.prior));
}

function decide({ odds, spots }: Mixed, seen: Known, now: number, rules: AvailabilityRules): Estimate {
  const best: State = greatest(odds) ?? 'free';
  const probability = odds[states.indexOf(best)] ?? 0;
  const isSaid = probability >= (seen.before === best ? rules.leastToHold : rules.leastToSay);
  const isProbable = isSaid && probability < rules.leastToSayPlainly && !isVouchedFor(best, seen, now, rules);
  return { status: isSaid ? best : 'unknown', probability, isProbable, freeProbability: odds[0], spots };
}

const weightOf = (odds: Odds, status: Availability): number =>
  status === 'unknown' ? 0 : Math.round(weightFor(odds, status) * 100) / 100;

/** How much a reason tells of why this status was decided on. */
function tells({ code, status, weight }: Reason, decided: Availability): number {
  // What explains why nothing can be said comes first when nothing can.
  if (status === 'unknown') return decided === 'unknown' && code !== 'rests-in' ? 100 : 0;
  return status === decided ? weight : Math.min(Math.abs(weight), 0.1);
}

interface Decided extends Pick<Estimate, 'status'> {
  readonly odds: Odds;
}

function placeReasons(known: Known, base: Odds, decided: Decided, now: number, rules: AvailabilityRules): Reason[] {
  const { place } = known;
  if (place === null) return [{ code: 'never-heard', status: 'unknown', weight: 0 }];
  const reasons: Reason[] = [];
  const notFound = notFoundAt(known);
  if (notFound !== null) {
    reasons.push({ code: 'corrected', status: 'unknown', weight: 0, since: notFound, correction: 'not-here' });
  }
  if (place.silent || now - place.at > rules.stale.afterMs) {
    reasons.push({ code: 'silent', status: 'unknown', weight: 0, since: place.at, ...roomOf(place) });
  }
  return [...reasons, placeReason(place, base, decided, now, rules), ...useReason(known, now, rules)];
}

function useReason(known: Known, now: number, rules: AvailabilityRules): Reason[] {
  const { place, lastUse } = known;
  if (place === null || place.space === null || lastUse === null) return [];
  const odds = oddsOfUse(place.space.type, known, now, rules);
  if (greatest(odds) === null) return [];
  const code = useCode(lastUse);
  const status = code === 'cleaned' ? 'free' : 'needs-cleaning';
  const { unitId, name, number } = lastUse.space;
  const numbered = number === null ? {} : { unitNumber: number };
  return [{ code, status, weight: weightOf(odds, status), since: lastUse.at, unitId, unitName: name, ...numbered }];
}

function placeReason(place: Whereabouts, base: Odds, decided: Decided, now: number, rules: AvailabilityRules): Reason {
  const code = placeCode(place, now, rules);
  if (code === 'place-unsure') {
    return oneOfSeveral(place, base, decided, now, rules) ?? { code, status: 'unknown', weight: 0, ...roomOf(place) };
  }
  const { space, restingSince } = place;
  const since = code === 'moving' ? (restingSince ?? place.since) : (place.since ?? restingSince);
  const own = space === null ? null : greatest(oddsOfPlace(space.type, place, now, rules));
  return {
    code,
    status: own ?? 'unknown',
    weight: own === null ? 0 : movedBy(base, decided.odds, own),
    ...roomOf(place),
    ...(space === null || code !== 'rests-in' ? {} : { spaceType: space.type }),
    ...(since === null ? {} : { since }),
  };
}

/** It is not sure which room, but what is decided comes of the rooms it may be in: they say so together. */
function oneOfSeveral(
  place: Whereabouts,
  base: Odds,
  { status, odds }: Decided,
  now: number,
  rules: AvailabilityRules,
): Reason | null {
  if (status === 'unknown') return null;
  const space = likeliestThatSays(status, place, now, rules);
  if (space === null) return null;
  const code = isPassing(space.type, place, now, rules) ? 'moving' : 'rests-in';
  return {
    ...{ code, status, weight: movedBy(base, odds, status), orAlike: true },
    ...roomOf({ space, probability: space.probability }),
    ...(code === 'rests-in' ? { spaceType: space.type } : {}),
    ...(place.restingSince === null ? {} : { since: place.restingSince }),
  };
}

/** What the place moved the odds of a state by, against all other evidence. */
function movedBy(base: Odds, odds: Odds, state: State): number {
  const before = probabilitiesOf(base);
  const moved = noOdds.map((_, i) => Math.log(Math.max(odds[i] ?? 0, 1e-9) / Math.max(before[i] ?? 0, 1e-9)));
  const [a = 0, b = 0, c = 0, d = 0] = moved;
  return weightOf([a, b, c, d], state);
}

function roomOf({ space, probability }: Pick<Whereabouts, 'space' | 'probability'>): Partial<Reason> {
  if (space === null) return {};
  const { unitId, name, number } = space;
  const placeProbability = Math.round(probability * 100) / 100;
  return { unitId, unitName: name, placeProbability, ...(number === null ? {} : { unitNumber: number }) };
}

const misleading: readonly Reason['code'][] = ['moving-with', 'device-feed', 'not-cleaned', 'cleaned'];

/** Under what name an evidence is remembered as misleading; null for what cannot mislead. */
export function misledKey({ code, spaceType }: Pick<Reason, 'code' | 'spaceType'>): string | null {
  if (code === 'rests-in') return spaceType === undefined ? null : placeKey(spaceType);
  return misleading.includes(code) ? code : null;
}
