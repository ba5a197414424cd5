import type { UnitId } from '../ids';
import type { Label } from '../site';
import type { Availability, AvailabilityRules } from './rules';

/** A unit as availability sees it. */
export interface Space {
  readonly unitId: UnitId;
  readonly name: Label;
  /** Our space type, else the IMDF category. */
  readonly type: string;
}

/** What is known of where an asset is. Times are epoch ms. */
export interface Whereabouts {
  /** The unit it is taken to be in; null outside every unit. */
  readonly space: Space | null;
  readonly probability: number;
  /** Other units it may be in, as types with their probabilities; may be empty. */
  readonly others: readonly { readonly type: string; readonly probability: number }[];
  /** Whether it was sure enough at the fix before, in the same unit: see `isPlaceSure`. */
  readonly wasSure: boolean;
  /** In this unit since; null when not known. */
  readonly since: number | null;
  /** At rest since; null while moving. */
  readonly restingSince: number | null;
  /** Newest fix. */
  readonly at: number;
  readonly silent: boolean;
}

/** What someone said of an asset. */
export interface ManualStatus {
  readonly status: Availability;
  readonly note: string | null;
  /** Epoch ms. */
  readonly at: number;
  /** Type of the space the asset was in then; null when that was not known. */
  readonly spaceType: string | null;
}

/** One reason, as data: each language says it in its own words. */
export interface Reason {
  readonly code: 'rests-in' | 'moving' | 'manual' | 'silent' | 'never-heard' | 'place-unsure';
  readonly status: Availability;
  readonly spaceType?: string;
  readonly unitId?: UnitId;
  readonly unitName?: Label;
  /** Epoch ms. */
  readonly since?: number;
  readonly note?: string;
}

export interface Judgement {
  readonly status: Availability;
  /** Epoch ms; null when it is not known since when. */
  readonly since: number | null;
  /** The reason that decided first, then what else is known. */
  readonly evidence: readonly Reason[];
}

/**
 * Whether an asset can be taken. A status set by hand goes before all; then silence (last seen is not here); then the
 * kind of place it rests in, if that is sure enough.
 * @param now epoch ms
 */
export function availabilityOf(
  place: Whereabouts | null,
  manual: ManualStatus | null,
  now: number,
  rules: AvailabilityRules,
): Availability {
  if (manual !== null && endOfManual(manual, place, now, rules) === null) return manual.status;
  return place === null || place.silent ? 'unknown' : statusFor(whatDecides(place, now, rules), place, rules);
}

/** The same, and why. @param now epoch ms */
export function judge(
  place: Whereabouts | null,
  manual: ManualStatus | null,
  now: number,
  rules: AvailabilityRules,
): Judgement {
  const byPlace = place === null ? neverHeard : judgePlace(place, now, rules);
  if (manual === null || endOfManual(manual, place, now, rules) !== null) return byPlace;
  const said: Reason = {
    code: 'manual',
    status: manual.status,
    since: manual.at,
    ...(manual.note === null ? {} : { note: manual.note }),
  };
  return { status: manual.status, since: manual.at, evidence: [said, ...byPlace.evidence] };
}

/** Why a status set by hand no longer holds: it is too old, or the asset was taken to another kind of room. Null while it does. */
export function endOfManual(
  manual: ManualStatus,
  place: Whereabouts | null,
  now: number,
  rules: AvailabilityRules,
): 'expired' | 'moved' | null {
  if (manual.status === 'out-of-service') return null;
  if (now - manual.at > rules.manualForMs) return 'expired';
  if (place === null || place.space === null || place.silent || !isPlaceSure(place, rules)) return null;
  const { type } = place.space;
  const isElsewhere = type !== manual.spaceType && !rules.passages.has(type);
  return isElsewhere && place.since !== null && place.since > manual.at ? 'moved' : null;
}

const neverHeard: Judgement = {
  status: 'unknown',
  since: null,
  evidence: [{ code: 'never-heard', status: 'unknown' }],
};

function judgePlace(place: Whereabouts, now: number, rules: AvailabilityRules): Judgement {
  const { space, restingSince } = place;
  const code = whatDecides(place, now, rules);
  const status = statusFor(code, place, rules);
  const since = code === 'place-unsure' ? null : code === 'moving' ? (restingSince ?? place.since) : place.since;
  const seen: Reason = {
    code,
    status,
    ...(space === null ? {} : { unitId: space.unitId, unitName: space.name }),
    ...(space === null || code !== 'rests-in' ? {} : { spaceType: space.type }),
    ...(since === null ? {} : { since }),
  };
  if (!place.silent) return { status, since, evidence: [seen] };
  const silent: Reason = { code: 'silent', status: 'unknown', since: place.at };
  return { status: 'unknown', since: place.at, evidence: [silent, seen] };
}

type PlaceCode = 'place-unsure' | 'moving' | 'rests-in';

function whatDecides(place: Whereabouts, now: number, rules: AvailabilityRules): PlaceCode {
  const { space, restingSince } = place;
  if (space === null || !isPlaceSure(place, rules)) return 'place-unsure';
  const isSettled = restingSince !== null && now - restingSince >= rules.settleMs;
  return rules.passages.has(space.type) && !isSettled ? 'moving' : 'rests-in';
}

function statusFor(code: PlaceCode, { space }: Whereabouts, rules: AvailabilityRules): Availability {
  if (code === 'moving') return 'in-use';
  return code === 'rests-in' && space !== null ? (rules.bySpace[space.type] ?? 'unknown') : 'unknown';
}

/**
 * Whether it is sure enough that the asset is in a space that says what its own says: two patient rooms side by side,
 * each likely by half, leave no doubt that a pump is at a bedside.
 */
export function isPlaceSure(place: Whereabouts, rules: AvailabilityRules): boolean {
  const { space, wasSure, others } = place;
  if (space === null) return false;
  const least = wasSure ? rules.leastToHold : rules.leastProbability;
  let sure = place.probability;
  if (sure >= least) return true;
  const meant = meaningOf(space.type, rules);
  for (const other of others) if (meaningOf(other.type, rules) === meant) sure += other.probability;
  return sure >= least;
}

/** What a space of this type says: a status, that it is a passage, or what only its own type says. */
const meaningOf = (type: string, rules: AvailabilityRules): string =>
  rules.passages.has(type) ? 'passage' : (rules.bySpace[type] ?? type);
