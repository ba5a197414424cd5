import type { Known, ManualStatus, Whereabouts } from './known';
import { left, mostOf, type Odds, oddsOf } from './odds';
import type { AvailabilityRules, SaidRule, State } from './rules';
import { hasMovedSince, isPlaceSure, mainState, placeKey, trustIn } from './weigh-place';
import type { Reason } from './reason';

/** A reason with what it adds to each state. */
export interface Weighed {
  readonly reason: Omit<Reason, 'weight'>;
  readonly odds: Odds;
}

/** Evidence that does not come of the place: words, the device, companions, claims. @param now epoch ms */
export function weighSaid(known: Known, now: number, rules: AvailabilityRules): Weighed[] {
  const { said, companion } = known;
  const weighed: Weighed[] = [];
  if (said.staff !== null && endOfManual(said.staff, known.place, now, rules) === null) {
    weighed.push(weighStaff(said.staff, now, rules));
  }
  if (said.device !== null) weighed.push(weighDevice(said.device, known, now, rules));
  if (companion !== null && companion.steps >= rules.movingWith.steps) {
    const share = left(now - companion.at, rules.movingWith.halfLifeMs) * trustIn('moving-with', known, now, rules);
    const { id, kind, name, since } = companion;
    const reason = { code: 'moving-with', status: mostOf(rules.movingWith.weights) ?? 'unknown', since } as const;
    weighed.push({
      reason: { ...reason, companion: { id, kind, name } },
      odds: oddsOf(rules.movingWith.weights, share),
    });
  }
  const latest = said.corrections[0];
  if (latest?.code === 'returned') {
    const share = left(now - latest.at, rules.returned.halfLifeMs);
    const reason = { code: 'corrected', status: 'in-use', since: latest.at, correction: 'returned' } as const;
    weighed.push({ reason, odds: oddsOf(rules.returned.weights, share) });
  }
  if (said.claim !== null && said.claim.until > now) {
    const { at, until } = said.claim;
    const reason = { code: 'claimed', status: mostOf(rules.claimed) ?? 'unknown', since: at, until } as const;
    weighed.push({ reason, odds: oddsOf(rules.claimed) });
  }
  return weighed;
}

function weighStaff(staff: ManualStatus, now: number, rules: AvailabilityRules): Weighed {
  const { status, at, note, reason: why, correction } = staff;
  const told = { status, since: at, ...(note === null ? {} : { note }) };
  if (status === 'out-of-service') {
    const code = why === 'recall' ? 'recall' : 'out-of-service';
    return { reason: { code, ...told }, odds: oddsFor(staff, rules.outOfService, now) };
  }
  if (correction !== null) {
    return { reason: { code: 'corrected', ...told, correction }, odds: oddsFor(staff, rules.corrected, now) };
  }
  return { reason: { code: 'manual', ...told }, odds: oddsFor(staff, rules.manual, now) };
}

function weighDevice(device: ManualStatus, known: Known, now: number, rules: AvailabilityRules): Weighed {
  const { status, at, note, reason: why } = device;
  const told = { status, since: at, ...(note === null ? {} : { note }) };
  const trust = trustIn('device-feed', known, now, rules);
  if (why === 'recall') return { reason: { code: 'recall', ...told }, odds: oddsFor(device, rules.outOfService, now) };
  return { reason: { code: 'device-feed', ...told }, odds: oddsFor(device, rules.deviceFeed, now, trust) };
}

function oddsFor({ status, confirmedAt }: ManualStatus, rule: SaidRule, now: number, trust = 1): Odds {
  if (status === 'unknown') return oddsOf({});
  return oddsOf({ [status]: rule.weight }, trust * left(now - confirmedAt, rule.halfLifeMs));
}

/** Untouched for long where it is; null when that says nothing, or nothing yet. */
export function weighRest(known: Known, now: number, rules: AvailabilityRules, place: Whereabouts): Weighed | null {
  const { space, restingSince, since, silent } = place;
  if (space === null || restingSince === null || silent || !isPlaceSure(place, rules)) return null;
  const own = mainState(space.type, rules);
  const rule = own === null ? undefined : rules.restedLong[own];
  const from = Math.max(restingSince, since ?? restingSince);
  if (rule === undefined || now - from < rule.afterMs) return null;
  const grown = Math.min(1, (now - from - rule.afterMs) / Math.max(1, rule.fullAfterMs - rule.afterMs));
  const share = grown * place.probability * trustIn(placeKey(space.type), known, now, rules);
  const status = mostOf(rule.weights) ?? own ?? 'unknown';
  return { reason: { code: 'rested-long', status, since: from }, odds: oddsOf(rule.weights, share) };
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

/** Whether somebody said that it is so, or found it to be where it still is. @param now epoch ms */
export function isVouchedFor(status: State, { said, place }: Known, now: number, rules: AvailabilityRules): boolean {
  const { staff, corrections } = said;
  if (staff?.status === status && endOfManual(staff, place, now, rules) === null) return true;
  const latest = corrections[0];
  return latest?.code === 'found' && place !== null && !hasMovedSince(place, latest.at);
}
