import { type Here, whereIAm } from '../here.svelte';
import { labelPoint } from '../map/geometry';
import { ringsOf } from '../map/plan-features';
import type { World } from '../world.svelte';
import { AssetSearch, type Found, nothingFound } from './asset-search';
import { type Around, byNearness } from './by-nearness';

/** The search of this page: kept up with the world, and with where one is. */
export class AssetFinder {
  #search: AssetSearch | null = null;
  #kinds: World['kinds'] | null = null;
  /** The store's `structure` the search was last told of. */
  #told = -1;

  constructor(private readonly world: World) {}

  find(q: string): Found {
    if (q.trim() === '') return nothingFound;
    const found = this.#current().find(q);
    const around = this.#around(found.near);
    return around === null ? found : { ...found, assets: byNearness(found.assets, around) };
  }

  /** A room as a place to start from. */
  roomAsHere(unitId: string | null): Here | null {
    const unit = unitId === null ? undefined : this.world.unitById.get(unitId);
    return unit === undefined ? null : { levelId: unit.levelId, unitId: unit.id, at: null };
  }

  #current(): AssetSearch {
    const { kinds, site, assets } = this.world;
    let search = this.#search;
    if (search === null || this.#kinds !== kinds) {
      search = this.#search = new AssetSearch();
      this.#kinds = kinds;
      this.#told = -1;
      search.setKinds(kinds);
      search.setPlan(site?.units ?? [], site?.sections ?? []);
    }
    if (this.#told !== assets.structure) search.setAssets(assets.all());
    this.#told = assets.structure;
    return search;
  }

  #around(near: Found['near']): Around | null {
    const here = near === 'me' ? whereIAm.current : this.roomAsHere(near?.unitId ?? null);
    if (here === null) return null;
    const { levelId, unitId, at } = here;
    const sectionId = unitId === null ? null : (this.world.unitById.get(unitId)?.sectionId ?? null);
    return { levelId, unitId, sectionId, at: at ?? this.#middle(levelId, unitId) };
  }

  #middle(levelId: string, unitId: string | null): Around['at'] {
    const feature = this.world.plans.get(levelId)?.features.find(({ id }) => id === unitId);
    return feature === undefined ? null : labelPoint(ringsOf(feature)).at;
  }
}
