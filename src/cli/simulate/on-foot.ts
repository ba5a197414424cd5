import { buildWalkingGraph, route, type Site } from '../../core';
import type { Router, Waypoint } from './equipment';

/** Finds ways on foot through a site, as staff push equipment: along doors, lifts and stairs, a badge at hand. */
export function routerOf(site: Site): Router {
  const graph = buildWalkingGraph(site, { staffDoorS: 0 });
  const levelOf = ({ level }: Waypoint) => site.levels[level]?.id;
  return (from, to) => {
    const [fromLevel, toLevel] = [levelOf(from), levelOf(to)];
    if (fromLevel === undefined || toLevel === undefined) return [];
    const way = route(graph, { ...from, levelId: fromLevel }, { ...to, levelId: toLevel });
    return (way?.legs ?? []).flatMap((leg) => {
      const level = site.levels.findIndex(({ id }) => id === leg.levelId);
      return leg.points.map(([x, y]) => ({ level, x, y }));
    });
  };
}
