import type { AssetView } from '../../../src/live/protocol';
import { api, isKept } from './api/client';
import type { AppConfig, AssetList, Kind, LevelHead, LevelPlan, SectionHead, SiteHead, UnitHead } from './api/types';
import { AssetStore } from './assets/asset-store.svelte';
import type { PlaceNames, ShownPlace } from './assets/place';
import { language } from './i18n/language.svelte';
import { readKept } from './kept';
import { serverClock } from './live/server-clock.svelte';
import { inRings } from './map/geometry';
import { ringsOf } from './map/plan-features';

export type Loading = 'loading' | 'ready' | 'failed';

/** The site as this page knows it: its plan, its kinds and its equipment. Loaded once, refreshed after a lost link. */
export class World {
  config = $state.raw<AppConfig | null>(null);
  site = $state.raw<SiteHead | null>(null);
  kinds = $state.raw<readonly Kind[]>([]);
  siteLoading = $state<Loading>('loading');
  assetsLoading = $state<Loading>('loading');
  /** Plans by level; a level being loaded or that failed is in `planLoading`. */
  plans = $state.raw<ReadonlyMap<string, LevelPlan>>(new Map());
  planLoading = $state.raw<ReadonlyMap<string, Loading>>(new Map());
  readonly assets = new AssetStore();
  /** Server time of the list of equipment as it was loaded. */
  knownAt = $state<number | null>(null);
  /** The service itself has answered; until then what is shown is what this device has kept. */
  isFresh = $state(false);

  readonly kindById = $derived(new Map(this.kinds.map((kind) => [kind.id, kind])));
  readonly levelById = $derived(new Map(this.site?.levels.map((level) => [level.id, level]) ?? []));
  readonly sectionById = $derived(new Map(this.site?.sections.map((section) => [section.id, section]) ?? []));
  readonly unitById = $derived(new Map(this.site?.units.map((unit) => [unit.id, unit]) ?? []));
  /** Highest level first, as in a lift. */
  readonly levels = $derived([...(this.site?.levels ?? [])].sort((a, b) => b.ordinal - a.ordinal));

  /** What the device has kept is shown at once, as old as it is, while the service is asked for everything. */
  async load(): Promise<void> {
    if (this.siteLoading === 'failed') this.siteLoading = 'loading';
    await Promise.all([this.#showKept(), this.#loadSite(), this.loadAssets()]);
  }

  async #showKept(): Promise<void> {
    const known = await readKept().catch(() => null);
    if (known === null) return;
    if (this.siteLoading !== 'ready') this.#take(known.config, known.site, known.kinds);
    if (this.assetsLoading !== 'ready') this.#takeList(known.list, false);
  }

  async #loadSite(): Promise<void> {
    try {
      const [config, kinds] = await Promise.all([api.config(), api.kinds()]);
      this.#take(config, await api.site(config.siteId), kinds);
    } catch {
      // What was kept stays: the banner says how old it is.
      if (this.siteLoading !== 'ready') this.siteLoading = 'failed';
    }
  }

  /** What is already known the same is left alone: nothing is drawn anew for it. */
  #take(config: AppConfig, site: SiteHead, kinds: readonly Kind[]): void {
    if (!isSame(this.config, config)) this.config = config;
    if (!isSame(this.kinds, kinds)) this.kinds = kinds;
    if (!isSame(this.site, site)) this.site = site;
    this.siteLoading = 'ready';
  }

  #takeList(list: AssetList, isNew: boolean): void {
    this.assets.replace(list.assets);
    this.knownAt = list.now;
    this.isFresh = isNew;
    this.assetsLoading = 'ready';
  }

  async loadAssets(): Promise<void> {
    if (this.assetsLoading === 'failed') this.assetsLoading = 'loading';
    try {
      const list = await api.assets();
      const isNew = !isKept(list);
      if (isNew) serverClock.hear(list.now);
      this.#takeList(list, isNew);
    } catch {
      // After a first success the old list stays: the banner says how old it is.
      if (this.assetsLoading !== 'ready') this.assetsLoading = 'failed';
    }
  }

  /** Asked for whenever a level comes into sight; loads it once. */
  async loadPlan(levelId: string): Promise<void> {
    if (this.config === null || this.planLoading.get(levelId) === 'loading' || this.plans.has(levelId)) return;
    this.#planState(levelId, 'loading');
    try {
      const plan = await api.plan(this.config.siteId, levelId);
      this.plans = new Map(this.plans).set(levelId, plan);
      this.#planState(levelId, 'ready');
    } catch {
      this.#planState(levelId, 'failed');
    }
  }

  #planState(levelId: string, state: Loading): void {
    this.planLoading = new Map(this.planLoading).set(levelId, state);
  }

  level(id: string): LevelHead | undefined {
    return this.levelById.get(id);
  }

  /** As people call it in the language in use; its id when it is not known. */
  levelName(id: string): string {
    const level = this.levelById.get(id);
    return level === undefined ? id : nameOfLevel(level);
  }

  kindName(id: string): string {
    const kind = this.kindById.get(id);
    return kind === undefined ? id : language.name(kind.name);
  }

  /** `Infusion pump 012` is `Pompe à perfusion 012` in French; a name somebody gave stays as it is. */
  assetName({ name, kind: id }: Pick<AssetView, 'name' | 'kind'>): string {
    const kind = this.kindById.get(id);
    if (kind === undefined || !name.startsWith(`${kind.name.en} `)) return name;
    return language.name(kind.name) + name.slice(kind.name.en.length);
  }

  kindIcon(id: string): string {
    return this.kindById.get(id)?.icon ?? 'box';
  }

  unitName(id: string): string | null {
    const unit = this.unitById.get(id);
    return unit === undefined ? null : nameOfUnit(unit);
  }

  /** The name of a lift or stair, as on its door. */
  connectorName(connector: string): string | null {
    const unit = this.site?.units.find((candidate) => candidate.connector === connector);
    return unit === undefined ? null : language.name(unit.name);
  }

  sectionName(id: string | null): string | null {
    const section: SectionHead | undefined = id === null ? undefined : this.sectionById.get(id);
    return section === undefined ? null : language.name(section.name);
  }

  /** For sentences about places. A fix without a department is looked up on the plan. */
  readonly names: PlaceNames = {
    unit: (id) => this.unitName(id),
    section: (place) => this.sectionName(place.sectionId ?? this.#sectionAt(place)),
    level: (id) => this.levelName(id),
  };

  #sectionAt(place: ShownPlace): string | null {
    const known = place.unitId === null ? null : this.unitById.get(place.unitId)?.sectionId;
    if (known != null) return known;
    const sections = this.plans.get(place.levelId)?.features.filter((f) => f.properties.feature_type === 'section');
    return sections?.find((section) => inRings([place.x, place.y], ringsOf(section)))?.id ?? null;
  }

  placeWords(asset: AssetView): string {
    const { place } = asset;
    return place?.unitId == null ? '' : (this.unitName(place.unitId) ?? '');
  }
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** A site that gives one name gives it for every language. */
export const nameOfLevel = ({ name, names }: Pick<LevelHead, 'name' | 'names'>): string =>
  names === undefined ? name : language.name(names);

/** `Clean utility 3-110`: the number is added when the name does not already carry it. */
export function nameOfUnit({ name, number }: Pick<UnitHead, 'name' | 'number'>): string {
  const words = language.name(name);
  return number === null || words.includes(number) ? words : `${words} ${number}`;
}
