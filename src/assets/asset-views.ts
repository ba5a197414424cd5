import { Inject, Injectable } from '@nestjs/common';
import {
  type Availability,
  type AvailabilityRules,
  type Escort,
  endOfManual,
  type Estimate,
  estimate,
  followUse,
  judge,
  type Judgement,
  type Known,
  type LastUse,
  type TagId,
  type Whereabouts,
} from '../core';
import type { AssetAvailability, AssetPlace, AssetView, Claim } from '../live/protocol';
import type { Asset, HeldStatus } from './asset';
import { Escorts } from './escorts';
import { evidenceText } from './evidence-text';
import { type Place, Places } from './places';
import { RuleBook, type RulesNow } from './rule-book';
import { areApart, speaker } from './tag-places';

/** Weights change over minutes: an estimate is good for so long unless something happens… */
const estimateMs = 10_000;
/** …and up to so much longer, each its own while, so that those of a kind are never all made anew in one search. */
const spreadMs = 10_000;

/** An estimate, and how long it holds while nothing happens. */
export interface HeldEstimate extends Estimate {
  /** Epoch ms. */
  readonly until: number;
}

interface Remembered extends HeldEstimate {
  readonly place: Place | null;
  readonly rules: AvailabilityRules;
}

/** What a view is made of besides the registry's entry. */
export interface Look {
  readonly tagId: TagId | null;
  readonly tagsApart: boolean;
  readonly claim: Claim | null;
  readonly place: Place | null;
  readonly judged: Judgement;
}

/** What is known of an asset now: the registry's entry, its place and whether it can be taken. `now` is epoch ms. */
@Injectable()
export class AssetViews {
  /** Ends with the registry's entry, which every word said replaces. */
  readonly #estimates = new WeakMap<Asset, Remembered>();
  /** What was said last of each asset, so that an answer near the edge holds. Emptied by `forget`. */
  readonly #said = new Map<string, Availability>();
  /** Followed from each look; ends with the asset. */
  readonly #uses = new Map<string, LastUse>();
  #made = 0;
  readonly #placeOfTag = (tagId: TagId): Place | undefined => this.places.get(tagId);

  constructor(
    private readonly places: Places,
    @Inject(RuleBook) private readonly rules: RulesNow,
    @Inject(Escorts) private readonly escorts: { of(asset: Asset, now: number): Escort | null },
  ) {}

  /** @param look what was found of it at this instant, when somebody has looked already */
  view(asset: Asset, now: number, look = this.look(asset, now)): AssetView {
    const { said: _, ...entry } = asset;
    const { tagId, tagsApart, claim, place, judged } = look;
    return {
      ...entry,
      tagId,
      availability: toAvailability(judged, now),
      claim,
      place: place === null ? null : toAssetPlace(place),
      ...(tagsApart ? { tagsApart } : {}),
    };
  }

  look(asset: Asset, now: number): Look {
    const { claim } = asset.said;
    return {
      tagId: speaker(asset.tagIds, this.#placeOfTag),
      tagsApart: areApart(asset.tagIds, this.#placeOfTag),
      claim: claim !== null && claim.until > now ? claim : null,
      place: this.placeOf(asset),
      judged: this.judgement(asset, now),
    };
  }

  /** Whether it can be taken, how likely, and why. */
  judgement(asset: Asset, now: number): Judgement {
    const judged = judge(this.#known(asset, this.placeOf(asset), now), now, this.rules.of(asset.kind));
    this.#said.set(asset.id, judged.status);
    return judged;
  }

  /** The same without the reasons, and at most 20 s old while nothing happens: for looking through many. */
  estimate(asset: Asset, place: Place | null, now: number): HeldEstimate {
    const rules = this.rules.of(asset.kind);
    const known = this.#estimates.get(asset);
    if (known !== undefined && known.place === place && known.rules === rules && now < known.until) return known;
    const made = estimate(this.#known(asset, place, now), now, rules);
    const claimedUntil = asset.said.claim?.until ?? Infinity;
    const goodFor = estimateMs + ((this.#made++ * 617) % spreadMs);
    const until = claimedUntil > now ? Math.min(now + goodFor, claimedUntil) : now + goodFor;
    const remembered = { ...made, place, rules, until };
    this.#estimates.set(asset, remembered);
    return remembered;
  }

  rulesFor({ kind }: Asset): AvailabilityRules {
    return this.rulesOf(kind);
  }

  rulesOf(kind: string): AvailabilityRules {
    return this.rules.of(kind);
  }

  availabilityOf(asset: Asset, place: Place | null, now: number): Availability {
    return this.estimate(asset, place, now).status;
  }

  /** What someone said of the asset that no longer holds, and why; null while it does, or when nobody said anything. */
  endedStatus(asset: Asset, now: number): { status: HeldStatus; by: 'expired' | 'moved' } | null {
    const { staff } = asset.said;
    if (staff === null) return null;
    const by = endOfManual(staff, this.placeOf(asset)?.whereabouts ?? null, now, this.rules.of(asset.kind));
    return by === null ? null : { status: staff, by };
  }

  /** An asset taken out of use. */
  forget(assetId: string): void {
    this.#said.delete(assetId);
    this.#uses.delete(assetId);
  }

  placeOf(asset: Asset): Place | null {
    const tagId = speaker(asset.tagIds, this.#placeOfTag);
    return tagId === null ? null : (this.places.get(tagId) ?? null);
  }

  /** Takes a look at its place into account. */
  followUse(asset: Asset, whereabouts: Whereabouts): LastUse | null {
    const use = followUse(this.#uses.get(asset.id) ?? null, whereabouts, this.rules.of(asset.kind));
    if (use !== null) this.#uses.set(asset.id, use);
    return use;
  }

  #known(asset: Asset, place: Place | null, now: number): Known {
    return {
      place: place?.whereabouts ?? null,
      said: asset.said,
      companion: this.escorts.of(asset, now),
      lastUse: place === null ? null : this.followUse(asset, place.whereabouts),
      before: this.#said.get(asset.id) ?? null,
    };
  }
}

/** Hundredths are finer than anybody can tell. */
const round = (probability: number): number => Math.round(probability * 1000) / 1000;

function toAvailability(
  { status, probability, isProbable, freeProbability, since, evidence }: Judgement,
  now: number,
): AssetAvailability {
  return {
    status,
    ...(isProbable ? { probable: true as const } : {}),
    probability: round(probability),
    freeProbability: round(freeProbability),
    since,
    evidence: evidence.map((reason) => ({ ...reason, text: evidenceText(reason, now) })),
  };
}

function toAssetPlace(place: Place): AssetPlace {
  const { levelId, x, y, radius50, radius90, zoneId, sectionId, zoneProbability, at, since, restingSince, silent } =
    place;
  return {
    levelId,
    x,
    y,
    radius50,
    radius90,
    unitId: zoneId,
    sectionId,
    zoneProbability,
    at,
    since,
    restingSince,
    silent,
  };
}
