import { Injectable } from '@nestjs/common';
import { endOfManual, judge, type Judgement, type Space, type UnitId, type Whereabouts } from '../core';
import type { AssetPlace, AssetView } from '../live/protocol';
import { SiteModelSource } from '../sites/site-model-source';
import type { Asset } from './asset';
import { type Place, Places } from './places';
import { rulesOf } from './space-rules';

/** What is known of an asset now: the registry's entry, its place and whether it can be taken. */
@Injectable()
export class AssetViews {
  readonly #spaces: ReadonlyMap<UnitId, Space>;
  /** Whereabouts of places already looked at. */
  readonly #whereabouts = new WeakMap<Place, Whereabouts>();

  constructor(
    private readonly places: Places,
    source: SiteModelSource,
  ) {
    this.#spaces = new Map(
      [...source.site.unitById.values()].map((unit) => [
        unit.id,
        { unitId: unit.id, name: unit.name, type: unit.spaceType ?? unit.category },
      ]),
    );
  }

  /** @param now epoch ms */
  view(asset: Asset, now: number): AssetView {
    const { status: _, ...entry } = asset;
    const place = this.placeOf(asset);
    return { ...entry, availability: this.judge(asset, now), place: place === null ? null : toAssetPlace(place) };
  }

  judge(asset: Asset, now: number): Judgement {
    return judge(this.whereabouts(asset), asset.status, now, rulesOf(asset.kind));
  }

  /** Why what someone said of the asset no longer holds; null while it does, or when nobody said anything. */
  endOfStatus(asset: Asset, now: number): 'expired' | 'moved' | null {
    if (asset.status === null) return null;
    return endOfManual(asset.status, this.whereabouts(asset), now, rulesOf(asset.kind));
  }

  placeOf(asset: Asset): Place | null {
    return asset.tagId === null ? null : (this.places.get(asset.tagId) ?? null);
  }

  whereabouts(asset: Asset): Whereabouts | null {
    const place = this.placeOf(asset);
    if (place === null) return null;
    const known = this.#whereabouts.get(place);
    if (known !== undefined) return known;
    const whereabouts = this.#look(place);
    this.#whereabouts.set(place, whereabouts);
    return whereabouts;
  }

  #look(place: Place): Whereabouts {
    const { zoneId, zoneProbability, zones, since, restingSince, at, silent } = place;
    const others = zones.flatMap(([unitId, probability]) => {
      const type = unitId === zoneId ? undefined : this.#spaces.get(unitId)?.type;
      return type === undefined ? [] : [{ type, probability }];
    });
    const space = zoneId === null ? null : (this.#spaces.get(zoneId) ?? null);
    return { space, probability: zoneProbability, others, since, restingSince, at, silent };
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
