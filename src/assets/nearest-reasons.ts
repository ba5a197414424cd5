import { freshMs, type Reached } from '../core';
import type { Candidate, PassedOver } from './candidates';
import type { Expected } from './nearest.dto';

/** A candidate with the time one may expect of going to it first. */
export interface RankedAsset extends Reached<Candidate> {
  readonly id: string;
  /** 0…1, that it or another of its kind can be used in the room it is in. */
  readonly chance: number;
  readonly expectedS: number;
  /** Where to go on if it fails. */
  readonly next: { readonly item: Candidate; readonly seconds: number } | null;
}

type Reason = Expected['reasons'][number];

/** Less sure of the room than this is worth saying. */
const sureOfRoom = 0.5;
/** So much likelier is why one goes farther. */
const clearlyLikelier = 0.03;
const mostSaid = 3;

/**
 * Why this is where to go, as data.
 * @param nearby what is nearby, answers or not
 * @param before the answers ranked before it: each of them says for itself why it is
 */
export function reasonsFor(
  ranked: RankedAsset,
  nearby: readonly Reached<Candidate>[],
  before: readonly RankedAsset[],
  now: number,
): Reason[] {
  const { item, arrival, next } = ranked;
  const isBefore = new Set(before.map(({ id }) => id));
  const nearer = nearby
    .filter((other) => other.arrival.seconds < arrival.seconds && !isBefore.has(other.item.asset.id))
    .sort((a, b) => a.arrival.seconds - b.arrival.seconds);
  const reasons: Reason[] = nearer.slice(0, mostSaid).map((other) => ({
    code: 'passed-over',
    ...naming(other.item, other.arrival.seconds),
    why: whyPassedOver(other.item, item, now),
  }));
  if (nearer.length === 0 && before.length === 0) reasons.push({ code: 'soonest' });
  if (now - item.place.at > freshMs) reasons.push({ code: 'stale', ageMs: now - item.place.at });
  if (item.there < sureOfRoom) reasons.push({ code: 'place-unsure', chance: item.there });
  if (next !== null) reasons.push({ code: 'next', ...naming(next.item, next.seconds) });
  return reasons;
}

const naming = ({ asset }: Candidate, seconds: number): Pick<Reason, 'assetId' | 'name' | 'seconds'> => ({
  assetId: asset.id,
  name: asset.name,
  seconds: Math.round(seconds),
});

function whyPassedOver(nearer: Candidate, chosen: Candidate, now: number): PassedOver {
  if (nearer.not !== null) return nearer.not;
  if (now - nearer.place.at > freshMs) return 'stale';
  if (chosen.chance - nearer.chance < clearlyLikelier) return 'alone';
  return nearer.there < sureOfRoom ? 'place-unsure' : 'less-likely';
}
