import type { Availability, WalkingPoint } from '../core';
import type { Asset } from './asset';
import type { AssetViews } from './asset-views';
import { chanceThere } from './chances';
import type { passedOver } from './nearest.dto';
import type { NearestQuestion } from './nearest-question';
import type { Place } from './places';

export type PassedOver = (typeof passedOver)[number];

/** A place one may walk to, and what stands there. */
export interface Candidate extends WalkingPoint {
  readonly asset: Asset;
  readonly place: Place;
  readonly status: Availability;
  /** 0…1, that it can be used where it is shown. */
  readonly chance: number;
  /** Why it cannot be an answer; null when it can. */
  readonly not: PassedOver | null;
}

/** The equipment of a kind: what may be an answer, what may not, and how many are nowhere. */
export interface Candidates {
  readonly wanted: readonly Candidate[];
  readonly others: readonly Candidate[];
  readonly unplaced: number;
}

type Wanted = Pick<NearestQuestion, 'availability' | 'tablet'>;

/** @param now epoch ms */
export function sortOut(assets: Iterable<Asset>, question: Wanted, views: AssetViews, now: number): Candidates {
  const wanted: Candidate[] = [];
  const others: Candidate[] = [];
  let unplaced = 0;
  for (const asset of assets) {
    const place = views.placeOf(asset);
    if (place === null) {
      unplaced++;
      continue;
    }
    const { status, freeProbability } = views.estimate(asset, place, now);
    const not = whyNot(status, asset, place, question, now);
    // What is dirty or broken, or kept for oneself, one only wants to find.
    const isSought = question.availability === 'free' && !isOwn(asset, question, now);
    const likely = isSought ? freeProbability : place.zoneProbability;
    const chance = chanceThere(likely, place, now);
    const { levelId, x, y, zoneId: unitId } = place;
    (not === null ? wanted : others).push({ asset, place, status, chance, not, levelId, x, y, unitId });
  }
  return { wanted, others, unplaced };
}

const isOwn = ({ said: { claim } }: Asset, { tablet }: Wanted, now: number): boolean =>
  claim !== null && claim.until > now && claim.by === tablet;

function whyNot(status: Availability, asset: Asset, place: Place, question: Wanted, now: number): PassedOver | null {
  const { availability } = question;
  const { claim } = asset.said;
  if (availability === null) return null;
  if (availability === 'free' && claim !== null && claim.until > now) {
    return isOwn(asset, question, now) ? null : 'claimed';
  }
  if (status === availability) return null;
  return status === 'unknown' && place.silent ? 'silent' : status;
}
