import { Injectable } from '@nestjs/common';
import type { Availability } from '../core';
import type { AssetView } from '../live/protocol';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import { kindText, matches, type SearchText, searchText, searchWords } from './kind-search';
import { Registry } from './registry';

export interface AssetQuestion {
  readonly kind?: string | undefined;
  readonly availability?: Availability | undefined;
  /** Words of the kind (either language), the name, number or serial. */
  readonly q?: string | undefined;
  /** The section the asset is in now. */
  readonly section?: string | undefined;
}

/** The list of assets, narrowed by what is asked. */
@Injectable()
export class AssetSearch {
  /** Folded once per entry; gone when the registry lets the entry go. */
  readonly #texts = new WeakMap<Asset, SearchText>();

  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
  ) {}

  /** By id. @param now epoch ms */
  list({ kind, availability, q, section }: AssetQuestion, now: number): AssetView[] {
    const words = searchWords(q ?? '');
    const found: AssetView[] = [];
    for (const asset of kind === undefined ? this.registry.all() : this.registry.ofKind(kind)) {
      if (words.length > 0 && !matches(words, [kindText(asset.kind), this.#textOf(asset)])) continue;
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

  #textOf(asset: Asset): SearchText {
    const known = this.#texts.get(asset);
    if (known !== undefined) return known;
    const { id, name, number, serial } = asset;
    const text = searchText([name], [id, number ?? '', serial ?? '']);
    this.#texts.set(asset, text);
    return text;
  }
}
