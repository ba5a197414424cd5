import { type Availability, chanceStillThere, type Spot, type UnitId, type WalkingPoint } from '../core';
import type { Asset } from './asset';
import type { AssetViews } from './asset-views';
import type { passedOver } from './nearest.dto';
import type { NearestQuestion } from './nearest-question';
import type { Place } from './places';

export type PassedOver = (typeof passedOver)[number];

/** An asset, and the room one would walk to for it. */
export interface Candidate extends WalkingPoint {
  readonly asset: Asset;
  readonly place: Place;
  readonly status: Availability;
  /** 0…1, that it is in that room. */
  readonly there: number;
  /** 0…1, that it can be used there. */
  readonly chance: number;
  /** Why it cannot be an answer; null when it can. */
  readonly not: PassedOver | null;
}

/** The equipment of a kind: what may be an answer, what may not, and how many are nowhere. */
export interface Candidates {
  readonly wanted: readonly Candidate[];
  readonly others: readonly Candidate[];
  readonly unplaced: number;
  readonly rooms: RoomChances;
}

type Wanted = Pick<NearestQuestion, 'availability' | 'tablet'>;

/** Less likely free than this is no answer when it is not known what a piece is. */
const leastUnsure = 0.4;

/** How likely something usable is found in a room, whichever piece it is: they fail independently of each other. */
export class RoomChances {
  readonly #failing = new Map<UnitId, number>();

  add(unitId: UnitId, chance: number): void {
    this.#failing.set(unitId, (this.#failing.get(unitId) ?? 1) * (1 - chance));
  }

  /** A piece in no known room has its own chance. */
  of({ unitId, chance }: Pick<Candidate, 'unitId' | 'chance'>): number {
    const failing = unitId === null || unitId === undefined ? undefined : this.#failing.get(unitId);
    return failing === undefined ? chance : 1 - failing;
  }
}

/** @param now epoch ms */
export function sortOut(assets: Iterable<Asset>, question: Wanted, views: AssetViews, now: number): Candidates {
  const wanted: Candidate[] = [];
  const others: Candidate[] = [];
  const rooms = new RoomChances();
  let unplaced = 0;
  for (const asset of assets) {
    const place = views.placeOf(asset);
    if (place === null) {
      unplaced++;
      continue;
    }
    const { status, freeProbability, spots } = views.estimate(asset, place, now);
    const not = whyNot({ status, freeProbability }, asset, place, question, now);
    // What is dirty or broken, or kept for oneself, one only wants to find.
    const isSought = question.availability === 'free' && !isOwn(asset, question, now);
    const still = chanceStillThere(place.whereabouts, now, views.rulesFor(asset));
    const chanceIn = ({ share, freeThere }: Spot): number => still * share * (isSought ? freeThere : 1);
    if (not !== 'claimed') for (const spot of spots) rooms.add(spot.unitId, chanceIn(spot));
    const spot = best(spots, not === null ? chanceIn : ({ share }) => share);
    const chance = spot === null ? still * freeProbability : chanceIn(spot);
    const there = spot === null ? 0 : still * spot.share;
    const { levelId, x, y } = place;
    const unitId = spot?.unitId ?? place.zoneId;
    (not === null ? wanted : others).push({ asset, place, status, there, chance, not, levelId, x, y, unitId });
  }
  return { wanted, others, unplaced, rooms };
}

function best(spots: readonly Spot[], worth: (spot: Spot) => number): Spot | null {
  let found: Spot | null = null;
  for (const spot of spots) if (found === null || worth(spot) > worth(found)) found = spot;
  return found;
}

const isOwn = ({ said: { claim } }: Asset, { tablet }: Wanted, now: number): boolean =>
  claim !== null && claim.until > now && claim.by === tablet;

type Judged = Pick<ReturnType<AssetViews['estimate']>, 'status' | 'freeProbability'>;

function whyNot(judged: Judged, asset: Asset, place: Place, question: Wanted, now: number): PassedOver | null {
  const { status, freeProbability } = judged;
  const { availability } = question;
  const { claim } = asset.said;
  if (availability === null) return null;
  if (availability === 'free' && claim !== null && claim.until > now) {
    return isOwn(asset, question, now) ? null : 'claimed';
  }
  if (status === availability) return null;
  if (status !== 'unknown') return status;
  if (place.silent) return 'silent';
  return availability === 'free' && freeProbability >= leastUnsure ? null : status;
}
