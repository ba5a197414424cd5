import { Injectable } from '@nestjs/common';
import type { Availability } from '../core';
import type { AssetView } from '../live/protocol';
import { EquipmentWords, isMeant, meaningsOf } from '../search/equipment-words';
import type { Meaning } from '../search/vocabulary';
import { SiteModelSource } from '../sites/site-model-source';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import { kinds } from './kinds';
import { Registry } from './registry';

export interface AssetQuestion {
  readonly kind?: string | undefined;
  readonly availability?: Availability | undefined;
  /** As people type it: kind in either language, name, number, serial, room, department; typing errors forgiven. */
  readonly q?: string | undefined;
  /** The section the asset is in now. */
  readonly section?: string | undefined;
}

/** The list of assets, narrowed by what is asked. */
@Injectable()
export class AssetSearch {
  readonly #words = new EquipmentWords();
  /** Made once per entry; gone when the registry lets the entry go. */
  readonly #texts = new WeakMap<Asset, string>();

  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    { site }: SiteModelSource,
  ) {
    this.#words.addKinds(kinds);
    this.#words.addPlan([...site.unitById.values()], [...site.sectionById.values()]);
  }

  /** By id. @param now epoch ms */
  list({ kind, availability, q, section }: AssetQuestion, now: number): AssetView[] {
    const meanings = q === undefined || q.trim() === '' ? [] : this.#understand(q);
    const found: AssetView[] = [];
    for (const asset of kind === undefined ? this.registry.all() : this.registry.ofKind(kind)) {
      if (!this.#isMeant(asset, meanings)) continue;
      if (section !== undefined && this.views.placeOf(asset)?.sectionId !== section) continue;
      const view = this.views.view(asset, now);
      if (availability === undefined || view.availability.status === availability) found.push(view);
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Null when there is no such asset in use. @param now epoch ms */
  byId(id: string, now: number): AssetView | null {
    const asset = this.registry.byId(id);
    return asset === undefined ? null : this.views.view(asset, now);
  }

  /** Names of assets are words as well: all are known before any is understood. */
  #understand(q: string): Meaning[] {
    for (const asset of this.registry.all()) this.#textOf(asset);
    return meaningsOf(q, this.#words);
  }

  #isMeant(asset: Asset, meanings: readonly Meaning[]): boolean {
    if (meanings.length === 0) return true;
    const { kind, ownerSectionId } = asset;
    const at = this.views.placeOf(asset);
    const place = at === null ? null : { unitId: at.zoneId, sectionId: at.sectionId };
    const text = this.#textOf(asset);
    return meanings.every((meaning) => isMeant({ kind, ownerSectionId, place }, text, meaning));
  }

  #textOf(asset: Asset): string {
    const known = this.#texts.get(asset);
    if (known !== undefined) return known;
    const text = this.#words.textOf(asset);
    this.#texts.set(asset, text);
    return text;
  }
}
