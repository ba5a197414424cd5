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
    // Asked for what is dirty or broken, one wants to find it, not to use it.
    const usable = question.availability === 'free' ? freeProbability : 1;
    const chance = usable * chanceThere(place, now);
    const { levelId, x, y, zoneId: unitId } = place;
    (not === null ? wanted : others).push({ asset, place, status, chance, not, levelId, x, y, unitId });
  }
  return { wanted, others, unplaced };
}

function whyNot(
  status: Availability,
  { said: { claim } }: Asset,
  place: Place,
  { availability, tablet }: Wanted,
  now: number,
): PassedOver | null {
  if (availability === null) return null;
  if (availability === 'free' && claim !== null && claim.until > now && claim.by !== tablet) return 'claimed';
  if (status === availability) return null;
  return status === 'unknown' && place.silent ? 'silent' : status;
}
