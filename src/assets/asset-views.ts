import { Injectable } from '@nestjs/common';
import {
  type Availability,
  availabilityOf,
  endOfManual,
  judge,
  type Judgement,
  type TagId,
  type Whereabouts,
} from '../core';
import type { AssetPlace, AssetView } from '../live/protocol';
import type { Asset } from './asset';
import { evidenceText, type Unworded } from './evidence-text';
import { type Place, Places } from './places';
import { rulesOf } from './space-rules';
import { areApart, speaker } from './tag-places';
/** What is known of an asset now: the registry's entry, its place and whether it can be taken. `now` is epoch ms. */
@Injectable()
export class AssetViews {
  readonly #placeOfTag = (tagId: TagId): Place | undefined => this.places.get(tagId);

  constructor(private readonly places: Places) {}

  view(asset: Asset, now: number): AssetView {
    const { status, ...entry } = asset;
    const place = this.placeOf(asset);
    const availability = toAvailability(
      judge(place?.whereabouts ?? null, status, now, rulesOf(asset.kind)),
      place?.whereabouts ?? null,
      now,
    );
    return {
      ...entry,
      tagId: speaker(asset.tagIds, this.#placeOfTag),
      availability,
      claim: null,
      place: place === null ? null : toAssetPlace(place),
      ...(areApart(asset.tagIds, this.#placeOfTag) ? { tagsApart: true as const } : {}),
    };
  }

  availabilityOf(asset: Asset, place: Place | null, now: number): Availability {
    return availabilityOf(place?.whereabouts ?? null, asset.status, now, rulesOf(asset.kind));
  }

  /** Why what someone said of the asset no longer holds; null while it does, or when nobody said anything. */
  endOfStatus(asset: Asset, now: number): 'expired' | 'moved' | null {
    if (asset.status === null) return null;
    return endOfManual(asset.status, this.placeOf(asset)?.whereabouts ?? null, now, rulesOf(asset.kind));
  }

  placeOf(asset: Asset): Place | null {
    const tagId = speaker(asset.tagIds, this.#placeOfTag);
    return tagId === null ? null : (this.places.get(tagId) ?? null);
  }
}

function toAvailability(
  { status, since, evidence }: Judgement,
  where: Whereabouts | null,
  now: number,
): AssetView['availability'] {
  const [first] = evidence;
  const sure = first?.code === 'manual' ? 0.95 : where === null || where.silent ? 0.25 : where.probability;
  return {
    status,
    since,
    probability: sure,
    freeProbability: status === 'free' ? sure : (1 - sure) / 3,
    evidence: evidence.map((reason) => {
      const known: Unworded = { ...reason, weight: reason === first ? Math.log(Math.max(sure, 0.01) / 0.25) : 0 };
      return { ...known, text: evidenceText(known, now) };
    }),
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
