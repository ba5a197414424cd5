import { Injectable } from '@nestjs/common';
import { type Availability, availabilityOf, endOfManual, judge } from '../core';
import type { AssetPlace, AssetView } from '../live/protocol';
import type { Asset } from './asset';
import { type Place, Places } from './places';
import { rulesOf } from './space-rules';

/** What is known of an asset now: the registry's entry, its place and whether it can be taken. `now` is epoch ms. */
@Injectable()
export class AssetViews {
  constructor(private readonly places: Places) {}

  view(asset: Asset, now: number): AssetView {
    const { status, ...entry } = asset;
    const place = this.placeOf(asset);
    const availability = judge(place?.whereabouts ?? null, status, now, rulesOf(asset.kind));
    return { ...entry, availability, place: place === null ? null : toAssetPlace(place) };
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
    return asset.tagId === null ? null : (this.places.get(asset.tagId) ?? null);
  }
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
