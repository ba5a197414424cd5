import { buildWalkingGraph, type Move, type Point, type Site, tagId, type Unit, type WalkingGraph } from '../../core';
import type { NewAsset } from '../../assets/asset';
import { seededRandom } from '../simulate/random';

/** An asset at rest in a room. */
export interface ScatteredAsset {
  readonly asset: NewAsset;
  readonly move: Move;
}

/**
 * Equipment all over a site, seeded: kinds as often as in `kinds`, each piece at rest near the middle of some room.
 * @param at epoch ms of their fixes
 */
export function scatterAssets(site: Site, kinds: readonly string[], count: number, at: number): ScatteredAsset[] {
  const random = seededRandom(1);
  const graph = buildWalkingGraph(site);
  const units = [...site.unitById.values()];
  return Array.from({ length: count }, (_, i): ScatteredAsset => {
    const unit = random.pick(units);
    const [x, y] = middleOf(graph, unit);
    const tag = tagId(`b0${i.toString(16).padStart(10, '0')}`);
    const asset = { id: `asset-${i}`, name: `Asset ${i}`, kind: random.pick(kinds), number: null, serial: null };
    return {
      asset: { ...asset, tagIds: [tag], ownerSectionId: null, homeUnitId: null, notes: null },
      move: atRest(unit, tag, [x + random.normal(0, 0.7), y + random.normal(0, 0.7)], at),
    };
  });
}

function middleOf(graph: WalkingGraph, unit: Unit): Point {
  return graph.rooms[graph.roomByUnit.get(unit.id) ?? -1]?.inner ?? [0, 0];
}

function atRest(unit: Unit, tag: Move['tagId'], [x, y]: Point, at: number): Move {
  const { id: zoneId, levelId, sectionId } = unit;
  return {
    tagId: tag,
    fix: {
      tagId: tag,
      at,
      levelId,
      x,
      y,
      radius50: 1.5,
      radius90: 3,
      zoneId,
      sectionId,
      zoneProbability: 0.8,
      zones: [[zoneId, 0.8]],
      moving: false,
    },
    changes: [],
    presence: { zoneId, levelId, since: at },
    restingSince: at,
    keep: false,
    receivedAt: at,
  };
}
