import { type Availability, chanceStillThere, type Spot, type UnitId, type WalkingPoint } from '../core';
import type { Asset } from './asset';
import type { AssetViews, HeldEstimate } from './asset-views';
import type { passedOver } from './nearest.dto';
import type { NearestQuestion } from './nearest-question';
import type { Place } from './places';

export type PassedOver = (typeof passedOver)[number];

/** An asset, and the room one would walk to for it. */
export interface Candidate extends WalkingPoint {
  readonly asset: Asset;
  readonly place: Place;
  readonly status: Availability;
  /** The status is so probably, not surely. */
  readonly isProbable: boolean;
  /** 0…1, that it is in that room. */
  readonly there: number;
  /** 0…1, that it can be used there. */
  readonly chance: number;
  /** Why it cannot be an answer; null when it can. */
  readonly not: PassedOver | null;
}

/** One asset sorted out; it holds until then unless something happens: in the meantime an old fix fades by a hundredth. */
export interface Sorted {
  readonly place: Place | null;
  /** Null when it is nowhere. */
  readonly candidate: Candidate | null;
  /** The rooms it may be found in and used. */
  readonly chances: readonly RoomChance[];
  /** Epoch ms. */
  readonly until: number;
}

export interface RoomChance {
  readonly unitId: UnitId;
  readonly chance: number;
}

/** What sorting out depends on: what is wanted, and who asks. */
export type Wanted = Pick<NearestQuestion, 'availability' | 'tablet'>;

/** Less likely free than this is no answer when it is not known what a piece is. */
const leastUnsure = 0.4;

/** How likely something usable is found in a room, whichever piece it is: they fail independently of each other. */
export class RoomChances {
  readonly #failing = new Map<UnitId, number>();

  add({ unitId, chance }: RoomChance): void {
    this.#failing.set(unitId, (this.#failing.get(unitId) ?? 1) * (1 - chance));
  }

  /** A piece in no known room has its own chance. */
  of({ unitId, chance }: Pick<Candidate, 'unitId' | 'chance'>): number {
    const failing = unitId === null || unitId === undefined ? undefined : this.#failing.get(unitId);
    return failing === undefined ? chance : 1 - failing;
  }
}

/** Whether the asset may be an answer, where one would go for it and how likely. @param now epoch ms */
export function sortOut(asset: Asset, question: Wanted, views: AssetViews, now: number): Sorted {
  const place = views.placeOf(asset);
  if (place === null) return { place, candidate: null, chances: [], until: Infinity };
  const judged = views.estimate(asset, place, now);
  const { status, isProbable, freeProbability, spots } = judged;
  const not = whyNot(judged, asset, place, question, now);
  // What is dirty or broken, or kept for oneself, one only wants to find.
  const isSought = question.availability === 'free' && !isOwn(asset, question, now);
  const still = chanceStillThere(place.whereabouts, now, views.rulesFor(asset));
  const chanceIn = ({ share, freeThere }: Spot): number => still * share * (isSought ? freeThere : 1);
  const spot = best(spots, not === null ? chanceIn : ({ share }) => share);
  const chance = spot === null ? still * freeProbability : chanceIn(spot);
  const there = spot === null ? 0 : still * spot.share;
  const { levelId, x, y } = place;
  const unitId = spot?.unitId ?? place.zoneId;
  const candidate = { asset, place, status, isProbable, there, chance, not, levelId, x, y, unitId };
  const chances = not === 'claimed' ? [] : spots.map((one) => ({ unitId: one.unitId, chance: chanceIn(one) }));
  return { place, candidate, chances, until: judged.until };
}

function best(spots: readonly Spot[], worth: (spot: Spot) => number): Spot | null {
  let found: Spot | null = null;
  for (const spot of spots) if (found === null || worth(spot) > worth(found)) found = spot;
  return found;
}

/** Whether the tablet that asks holds it. */
export const isOwn = ({ said: { claim } }: Asset, { tablet }: Wanted, now: number): boolean =>
  claim !== null && claim.until > now && claim.by === tablet;

function whyNot(
  { status, freeProbability }: HeldEstimate,
  asset: Asset,
  place: Place,
  question: Wanted,
  now: number,
): PassedOver | null {
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
