import { type Asset, nothingSaid } from '../../assets/asset';
import { AssetViews } from '../../assets/asset-views';
import { FindNearest } from '../../assets/find-nearest';
import { Places } from '../../assets/places';
import { rulesAsShipped } from '../../assets/rule-book';
import {
  buildSite,
  buildWalkingGraph,
  type Level,
  type LevelParts,
  levelId,
  RoomTimes,
  type Site,
  unitId,
} from '../../core';
import type { SiteModelSource } from '../../sites/site-model-source';
import { type Timing, timingOf } from './percentiles';
import type { ScatteredAsset } from './scattered-assets';

/** Asks the finder itself, in this process. @param origins as the API takes them */
export function timeFinder(
  source: SiteModelSource,
  scattered: readonly ScatteredAsset[],
  kind: string,
  origins: readonly string[],
): Timing {
  const places = new Places(source);
  for (const { move } of scattered) places.put(move);
  const ofKind = scattered
    .filter(({ asset }) => asset.kind === kind)
    .map(({ asset }): Asset => ({ ...asset, photo: null, said: nothingSaid }));
  const finder = new FindNearest(
    { ofKind: () => ofKind, byId: () => undefined, version: 0 },
    new AssetViews(places, rulesAsShipped, { of: () => null }),
    source,
  );
  const now = Date.now();
  const ask = (origin: string): number => {
    const startedAt = performance.now();
    const from = finder.readOrigin(origin);
    if (typeof from === 'string') throw new Error(from);
    finder.answer({ kind, from, availability: 'free', limit: 5, with: 'none', shown: [] }, now);
    return performance.now() - startedAt;
  };
  // Two rounds: the first warms the compiler.
  origins.forEach(ask);
  return timingOf(origins.map(ask));
}

export interface Built {
  readonly units: number;
  readonly ms: number;
  /** From every unit to every other. */
  readonly allMs: number;
}

/** Builds the walking graph of the site stacked upon itself until it has this many units. */
export function timeBuild(site: Site, units: number): Built {
  const copies = Math.max(1, Math.ceil(units / site.unitById.size));
  const levels = Array.from({ length: copies }, (_, copy) =>
    site.levels.map((level) => raise(level, copy, site)),
  ).flat();
  const tower = buildSite({ ...site, levels, gateways: [] });
  const startedAt = performance.now();
  const graph = buildWalkingGraph(tower);
  const builtAt = performance.now();
  const times = new RoomTimes(graph);
  graph.rooms.forEach((_, from) => times.between(from, 0));
  const allMs = Math.round(performance.now() - builtAt);
  return { units: tower.unitById.size, ms: Math.round(builtAt - startedAt), allMs };
}

/** A level once more, `copy` whole buildings up; its lifts and stairs go on from those below. */
function raise(level: Level, copy: number, site: Site): LevelParts {
  const name = (id: string): string => `${id}+${copy}`;
  const id = levelId(name(level.id));
  const heights = site.levels.reduce((sum, { height }) => sum + height, 0);
  return {
    ...level,
    id,
    ordinal: level.ordinal + copy * site.levels.length,
    elevation: level.elevation + copy * heights,
    units: level.units.map((unit) => ({ ...unit, id: unitId(name(unit.id)), levelId: id })),
    openings: level.openings.map((opening) => ({
      ...opening,
      levelId: id,
      unitIds: opening.unitIds.map((unit) => unitId(name(unit))),
    })),
    sections: [],
    fixtures: [],
  };
}
