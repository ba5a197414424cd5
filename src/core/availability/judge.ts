import type { Known, Whereabouts } from './known';
import { greatest, noOdds, type Odds, oddsOf, probabilitiesOf, sum, weightFor } from './odds';
import type { Reason } from './reason';
import { type Availability, type AvailabilityRules, type State, states } from './rules';
import { mixPlaces, notFoundAt, oddsOfPlace, placeCode, placeKey } from './weigh-place';
import { type Weighed, weighRest, weighSaid } from './weigh-said';

/** How likely each is, without the reasons. */
export interface Estimate {
  readonly status: Availability;
  /** That `status` is right; for `unknown`, that of the likeliest state. 0…1. */
  readonly probability: number;
  /** That it can be taken and used, 0…1. */
  readonly freeProbability: number;
}

export interface Judgement extends Estimate {
  /** Epoch ms; null when it is not known since when. */
  readonly since: number | null;
  /** The most telling reason first. */
  readonly evidence: readonly Reason[];
}

/** Whether an asset can be taken, and how likely. @param now epoch ms */
export function estimate(known: Known, now: number, rules: AvailabilityRules): Estimate {
  const base = baseOf(weighRestAndSaid(known, now, rules), rules);
  return decide(mixPlaces(base, known, now, rules), known.before, rules);
}

/**
 * The same, and why. Evidence adds log-odds to each state (naive Bayes over states); the place counts by how likely the
 * asset is in it (`mixPlaces`).
 * @param now epoch ms
 */
export function judge(known: Known, now: number, rules: AvailabilityRules): Judgement {
  const weighed = weighRestAndSaid(known, now, rules);
  const base = baseOf(weighed, rules);
  const mixed = mixPlaces(base, known, now, rules);
  const decided = decide(mixed, known.before, rules);
  const evidence = [
    ...weighed.map(({ reason, odds }) => ({ ...reason, weight: weightOf(odds, reason.status) })),
    ...placeReasons(known, base, mixed, now, rules),
  ];
  const ordered = evidence.sort((a, b) => tells(b, decided.status) - tells(a, decided.status));
  const first = ordered.find(({ status }) => status === decided.status) ?? ordered[0];
  return { ...decided, since: first?.since ?? null, evidence: ordered };
}

function weighRestAndSaid(known: Known, now: number, rules: AvailabilityRules): Weighed[] {
  const said = weighSaid(known, now, rules);
  const rest = known.place === null ? null : weighRest(known, now, rules, known.place);
  return rest === null ? said : [...said, rest];
}

function baseOf(weighed: readonly Weighed[], rules: AvailabilityRules): Odds {
  return weighed.reduce((all, { odds }) => sum(all, odds), oddsOf(rules.prior));
}

function decide(mixed: Odds, before: Availability | null, rules: AvailabilityRules): Estimate {
  const best: State = greatest(mixed) ?? 'free';
  const probability = mixed[states.indexOf(best)] ?? 0;
  const least = before === best ? rules.leastToHold : rules.leastToSay;
  return { status: probability >= least ? best : 'unknown', probability, freeProbability: mixed[0] };
}

const weightOf = (odds: Odds, status: Availability): number =>
  status === 'unknown' ? 0 : Math.round(weightFor(odds, status) * 100) / 100;

/** How much a reason tells of why this status was decided on. */
function tells({ code, status, weight }: Reason, decided: Availability): number {
  // What explains why nothing can be said comes first when nothing can.
  if (status === 'unknown') return decided === 'unknown' && code !== 'rests-in' ? 100 : 0;
  return status === decided ? weight : Math.min(Math.abs(weight), 0.1);
}

function placeReasons(known: Known, base: Odds, mixed: Odds, now: number, rules: AvailabilityRules): Reason[] {
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
  return [...reasons, placeReason(place, base, mixed, now, rules)];
}

function placeReason(place: Whereabouts, base: Odds, mixed: Odds, now: number, rules: AvailabilityRules): Reason {
  const { space, restingSince } = place;
  const code = placeCode(place, now, rules);
  const since = code === 'place-unsure' ? null : code === 'moving' ? (restingSince ?? place.since) : place.since;
  const own = space === null || code === 'place-unsure' ? null : greatest(oddsOfPlace(space.type, place, now, rules));
  // What the place moved the odds by, against all other evidence.
  const before = probabilitiesOf(base);
  const moved = noOdds.map((_, i) => Math.log(Math.max(mixed[i] ?? 0, 1e-9) / Math.max(before[i] ?? 0, 1e-9)));
  const [a = 0, b = 0, c = 0, d = 0] = moved;
  return {
    code,
    status: own ?? 'unknown',
    weight: own === null ? 0 : weightOf([a, b, c, d], own),
    ...roomOf(place),
    ...(space === null || code !== 'rests-in' ? {} : { spaceType: space.type }),
    ...(since === null ? {} : { since }),
  };
}

function roomOf({ space, probability }: Whereabouts): Partial<Reason> {
  if (space === null) return {};
  const { unitId, name, number } = space;
  const placeProbability = Math.round(probability * 100) / 100;
  return { unitId, unitName: name, placeProbability, ...(number === null ? {} : { unitNumber: number }) };
}

/** Under what name an evidence is remembered as misleading; null for what cannot mislead. */
export function misledKey({ code, spaceType }: Pick<Reason, 'code' | 'spaceType'>): string | null {
  if (code === 'rests-in') return spaceType === undefined ? null : placeKey(spaceType);
  return code === 'moving-with' || code === 'device-feed' ? code : null;
}
