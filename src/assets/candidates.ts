import type { Availability, WalkingPoint } from '../core';
import type { Asset } from './asset';
import type { AssetViews } from './asset-views';
import { chanceThere, freeChance } from './chances';
import type { passedOver } from './nearest.dto';
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

/** @param availability null: whatever it is. @param now epoch ms */
export function sortOut(
  assets: Iterable<Asset>,
  availability: Availability | null,
  views: AssetViews,
  now: number,
): Candidates {
  const wanted: Candidate[] = [];
  const others: Candidate[] = [];
  let unplaced = 0;
  for (const asset of assets) {
    const place = views.placeOf(asset);
    if (place === null) {
      unplaced++;
      continue;
    }
    const status = views.availabilityOf(asset, place, now);
    const not = availability === null || status === availability ? null : whyNot(status, place);
    const usable = availability === 'free' || availability === null ? freeChance(status) : 1;
    const chance = usable * chanceThere(place, now);
    const { levelId, x, y, zoneId: unitId } = place;
    (not === null ? wanted : others).push({ asset, place, status, chance, not, levelId, x, y, unitId });
  }
  return { wanted, others, unplaced };
}

const whyNot = (status: Availability, place: Place): PassedOver =>
  status === 'unknown' && place.silent ? 'silent' : status;
