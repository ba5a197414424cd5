import { getContext, setContext, untrack } from 'svelte';
import type { AssetView, AvailabilityStatus, CorrectionCode } from '../../../src/live/protocol';
import { countBy, inReadingOrder, passes } from './assets/list';
import { isRoomSure, type ShownPlace, shownPlace } from './assets/place';
import { type Here, whereIAm } from './here.svelte';
import { LastHour } from './history.svelte';
import { keepAssets } from './kept';
import { Live } from './live/live.svelte';
import { NearestFinder } from './nearest.svelte';
import { reads } from './reads';
import { router } from './route/router.svelte';
import { Claims } from './say/claims.svelte';
import { Saying } from './say/saying.svelte';
import { tellBy } from './say/tell';
import { AssetFinder } from './search/asset-finder';
import { serverClock } from './live/server-clock.svelte';
import { World } from './world.svelte';

/** What is on screen, worked out from the route, the world and the live level. One per page. */
export class App {
  readonly world = new World();
  readonly live = new Live(this.world.assets, () => void this.#connectedAgain());
  readonly claims = new Claims(this.world.assets);
  readonly nearest = new NearestFinder(
    () => this.world.assets,
    (asset) => this.claims.stateOf(asset).kind === 'mine',
  );
  readonly saying: Saying = new Saying(
    this.world.assets,
    tellBy(this.world, () => this.saying),
  );
  readonly lastHour = new LastHour();
  readonly finder = new AssetFinder(this.world);
  /** Row or dot under the pointer. */
  hovered = $state<string | null>(null);

  readonly levelId = $derived(this.#level());
  readonly level = $derived(this.levelId === null ? undefined : this.world.level(this.levelId));
  readonly found = $derived(this.finder.find(router.current.q));
  /** The room that was typed as where to look; null when none was, or it is where one is. */
  readonly nearRoom = $derived(this.found.near === 'me' ? null : (this.found.near?.unitId ?? null));
  /** Where the nearest is looked for from: the room that was asked for, else where one is. */
  readonly start: Here | null = $derived(this.finder.roomAsHere(router.current.near) ?? whereIAm.current);
  /** The equipment this tablet goes by; undefined when it goes by none, or by one that is no longer known. */
  readonly ownAsset = $derived(
    whereIAm.current?.assetId === undefined ? undefined : this.world.assets.get(whereIAm.current.assetId),
  );
  readonly ownPlace = $derived(this.#ownPlace());
  readonly selectedId = $derived(router.current.asset ?? (router.current.find === null ? null : this.nearest.chosenId));
  /** The room one is in is being chosen: because asked to, or because the nearest has no place to start from. */
  readonly choosing = $derived(
    router.current.choosing || (router.current.find !== null && router.current.asset === null && this.start === null),
  );
  readonly #readingOrder = $derived(this.#orderAll());
  /** What the list shows: matches anywhere while searching, else the level's. In reading order or best first. */
  readonly listed = $derived(this.#list());
  /** Assets the map may show; null is all of them. */
  readonly onMap = $derived(this.#onMap());
  readonly levelCounts = $derived(
    countBy(
      this.world.assets.all().filter((asset) => this.onMap === null || this.onMap.has(asset.id)),
      (asset) => asset.place?.levelId ?? null,
    ),
  );

  /** When the search under way began, epoch ms of the server; null while nothing is searched for. */
  searchStartedAt: number | null = null;

  /** What was said while away goes first, so that the list that follows knows of it. */
  async #connectedAgain(): Promise<void> {
    await this.saying.flush();
    await this.world.loadAssets();
  }

  /** Keeps what is known on the device, as old as it is. */
  async keep(): Promise<void> {
    const now = this.live.lastHeardAt;
    if (now === null || this.world.assetsLoading !== 'ready') return;
    await keepAssets({ now, assets: this.world.assets.all() }).catch((error: unknown) =>
      console.warn('What is known could not be kept', error),
    );
  }

  say(asset: AssetView, code: CorrectionCode, note?: string): void {
    const since = this.searchStartedAt;
    const ends = code === 'found' && since !== null;
    const more = ends ? { searchStartedAt: Math.round(since) } : {};
    void this.saying.say(asset, code, note === undefined ? more : { ...more, note });
  }

  noteSearch(searching: boolean): void {
    if (!searching) this.searchStartedAt = null;
    else this.searchStartedAt ??= serverClock.read();
  }

  #level(): string | null {
    const { levels } = this.world;
    const wanted = router.current.level ?? this.#levelOfOpen() ?? whereIAm.current?.levelId;
    if (wanted != null && this.world.level(wanted) !== undefined) return wanted;
    return (levels.find(({ ordinal }) => ordinal === 0) ?? levels.at(-1))?.id ?? null;
  }

  /** A link to an asset need not say its level. */
  #levelOfOpen(): string | null {
    const { asset } = router.current;
    return asset === null ? null : (this.world.assets.get(asset)?.place?.levelId ?? null);
  }

  #orderAll(): string[] {
    const { assets } = this.world;
    reads(assets.roster);
    const all = untrack(() => assets.all());
    return inReadingOrder(all, (kind) => this.world.kindName(kind)).map(({ id }) => id);
  }

  #list(): AssetView[] {
    const { q, status, spot } = router.current;
    const all = this.world.assets.all();
    if (spot.length > 0)
      return all.filter(({ id }) => spot.includes(id)).filter((asset) => passes(asset, { levelId: null, status }));
    if (q.trim() === '') {
      const { levelId } = this;
      return this.world.assets.inOrder(this.#readingOrder).filter((asset) => passes(asset, { levelId, status }));
    }
    return this.found.assets.filter((asset) => passes(asset, { levelId: null, status }));
  }

  #onMap(): ReadonlySet<string> | null {
    const { q, status, find } = router.current;
    if (this.choosing) return new Set();
    if (find !== null) return new Set(this.nearest.results.map(({ asset }) => asset.id));
    if (q.trim() === '' && status === null) return null;
    const ids = q.trim() === '' ? this.#ofStatus(status) : this.listed.map(({ id }) => id);
    const open = router.current.asset;
    return new Set(open === null ? ids : [...ids, open]);
  }

  #ofStatus(status: AvailabilityStatus | null): string[] {
    return this.world.assets
      .all()
      .filter((asset) => passes(asset, { levelId: null, status }))
      .map(({ id }) => id);
  }

  #ownPlace(): ShownPlace | null {
    reads(this.live.version);
    return this.ownAsset === undefined ? null : this.placeOf(this.ownAsset);
  }

  /** A place as one to start from: the room only when it can be named. */
  standingAt(place: ShownPlace): Here {
    const { levelId, x, y } = place;
    return { levelId, unitId: isRoomSure(place) ? place.unitId : null, at: [x, y] };
  }

  /** Where an asset is now: the live fix of the level on screen, or what the registry says. */
  placeOf(asset: AssetView): ShownPlace | null {
    const fix = this.live.fixOf(asset.tagId);
    const silent = this.live.isSilent(asset.tagId) || (asset.place?.silent === true && fix?.at === asset.place.at);
    return shownPlace(asset, fix, this.live.levelId, silent);
  }
}

const key = Symbol('app');
export const provideApp = (app: App): App => setContext(key, app);
export const useApp = (): App => getContext<App>(key);
