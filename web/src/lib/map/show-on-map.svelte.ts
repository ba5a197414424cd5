import { untrack } from 'svelte';
import type { App } from '../app.svelte';
import type { Bounds, Frame, SectionHead } from '../api/types';
import { isRoomSure } from '../assets/place';
import { whereIAm } from '../here.svelte';
import { language } from '../i18n/language.svelte';
import { serverClock } from '../live/server-clock.svelte';
import { reads } from '../reads';
import { router } from '../route/router.svelte';
import { readMapColours, sectionTints } from '../theme/map-colours';
import { theme } from '../theme/theme.svelte';
import { markerOf, routeOn, spot, trailOn } from './drawn';
import { boundsOf, type Padding } from './framing';
import type { Marker } from './dots/marker';
import type { PlanMap } from './plan-map';
import { middleOf, noPlan, planSources } from './plan-features';

/** Keeps the map in step with the app: one effect per thing drawn, each run only when its own inputs change. */
export function showOnMap(
  app: App,
  map: () => PlanMap | null,
  padding: (bounds?: Bounds) => Padding,
  drawn: (dots: number) => void,
): void {
  const frame = $derived(app.world.site?.frame);
  const tints = $derived(tintBySection(app.world.site?.sections ?? []));
  /** Ages in quarter minutes: dots fade in steps, so they need not be looked at every second. */
  const quarterMinute = $derived(Math.floor(serverClock.now / 15_000));

  $effect(() => {
    reads(theme.dark);
    map()?.recolour(readMapColours());
  });

  const plan = $derived(app.levelId === null ? undefined : app.world.plans.get(app.levelId));

  // While a level's plan is on its way nothing is drawn: dots of one level never lie on the plan of another.
  $effect(() => {
    if (frame === undefined) return;
    reads(language.current);
    map()?.showPlan(
      plan === undefined
        ? noPlan
        : planSources(
            plan,
            frame,
            (id) => tints.get(id) ?? 0,
            (name) => language.name(name),
          ),
    );
  });

  $effect(() => {
    reads(app.live.version, app.world.assets.version, quarterMinute);
    const view = map();
    const dots = plan === undefined ? [] : markers(app);
    view?.showMarkers(dots);
    drawn(view === null ? 0 : dots.length);
  });

  drawAround(app, map, () => frame);
  aim(app, map, padding);
}

/** Neighbours on a level get different tints: they are dealt out level by level. */
function tintBySection(sections: readonly SectionHead[]): ReadonlyMap<string, number> {
  const dealt = countedBy(sections, ({ levelId }) => levelId);
  return new Map(sections.map((section, i) => [section.id, (dealt[i] ?? 0) % sectionTints]));
}

/** How many before it had the same key. */
function countedBy<T>(items: readonly T[], key: (item: T) => string): number[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const before = counts.get(key(item)) ?? 0;
    counts.set(key(item), before + 1);
    return before;
  });
}

function markers(app: App): Marker[] {
  const shown: Marker[] = [];
  const { levelId, onMap, selectedId, hovered } = app;
  if (levelId === null) return shown;
  const now = untrack(() => serverClock.now);
  for (const asset of app.world.assets.values()) {
    if (onMap !== null && !onMap.has(asset.id)) continue;
    const place = app.placeOf(asset);
    if (place === null || place.levelId !== levelId) continue;
    const selected = asset.id === selectedId || asset.id === hovered;
    const looked = asset.id === (hovered ?? selectedId);
    shown.push(markerOf(asset, place, { icon: app.world.kindIcon(asset.kind), selected, looked, now }));
  }
  return shown;
}

/** Route, trail, and where the reader stands. */
function drawAround(app: App, map: () => PlanMap | null, frameOf: () => Frame | undefined): void {
  const selected = $derived.by(() => {
    const id = app.hovered ?? app.selectedId;
    return id === null ? undefined : app.world.assets.get(id);
  });

  /** Where it is, when that is on the level in sight. */
  const place = $derived.by(() => {
    reads(app.live.version);
    const found = selected === undefined ? null : app.placeOf(selected);
    return found?.levelId === app.levelId ? found : null;
  });

  $effect(() => {
    const [frame, { levelId }] = [frameOf(), app];
    const legs = router.current.find === null ? undefined : app.nearest.chosen?.route.features;
    const drawn = frame !== undefined && legs !== undefined && levelId !== null;
    map()?.show('route', drawn ? routeOn(levelId, legs, frame) : null);
  });

  $effect(() => {
    const [frame, { levelId }] = [frameOf(), app];
    const drawn = frame !== undefined && levelId !== null && router.current.asset !== null;
    map()?.show('trail', drawn ? trailOn(levelId, app.lastHour.trail, frame) : null);
  });

  /** The reader's own place, when that is on the level in sight. */
  const here = $derived(whereIAm.current?.levelId === app.levelId ? whereIAm.current : null);

  $effect(() => {
    const frame = frameOf();
    const at = here === null ? null : (here.at ?? middleOf(app.world.plans.get(here.levelId), here.unitId));
    map()?.show('here', at === null || frame === undefined ? null : spot(at, frame));
  });

  /** By its id, which seldom changes: the place itself is new with each fix, and each tint draws the map anew. */
  const room = $derived(place !== null && isRoomSure(place) ? place.unitId : null);

  $effect(() => {
    map()?.tintRooms(here?.unitId ?? null, room);
  });
}

/** Where the map looks: a new level whole, a new route whole, a chosen asset only when it is out of sight. */
function aim(app: App, map: () => PlanMap | null, padding: (bounds?: Bounds) => Padding): void {
  let lastLevel: string | null = null;
  let lastTarget = '';

  $effect(() => {
    const view = map();
    const level = app.level;
    if (view === null || level === undefined) return;
    const legs =
      router.current.find === null || router.current.asset !== null ? undefined : app.nearest.chosen?.route.features;
    const onLevel =
      legs?.filter((leg) => leg.properties.levelId === level.id).flatMap((leg) => leg.geometry.coordinates) ?? [];
    const assetId = router.current.asset;
    const asset = assetId === null ? undefined : untrack(() => app.world.assets.get(assetId));
    const target = `${level.id} ${assetId ?? ''} ${app.nearest.chosenId ?? ''} ${onLevel.length}`;
    if (target === lastTarget) return;
    lastTarget = target;
    const newLevel = lastLevel !== null && lastLevel !== level.id;
    lastLevel = level.id;
    const place = asset === undefined ? null : untrack(() => app.placeOf(asset));
    if (onLevel.length > 1) view.fitPoints(onLevel, widen(padding(boundsOf(onLevel))));
    else if (place !== null && place.levelId === level.id) view.reveal([place.x, place.y], level, padding());
    else if (newLevel) view.fitLevel(level, padding());
  });
}

/** A route keeps clear of the edges, where markers would be cut. */
const widen = ({ top, right, bottom, left }: Padding): Padding => ({
  top: top + 30,
  right: right + 30,
  bottom: bottom + 40,
  left: left + 40,
});
