import type { GatewayId, LevelId, SectionId, UnitId } from '../ids';
import type { LevelModel, SiteModel } from '../model';
import { errorRadii } from '../positioning/error-radius';
import { unitMasses } from '../zoning/unit-masses';
import { UnitShares } from '../zoning/unit-shares';
import { unitAt } from '../zoning/unit-raster';
import { addLink, type Foreseen, foreseenError, knowledgeOf } from './foreseen-error';
import { linksAt } from './links-at';

/** What to expect of a tag in one cell of a level. Coordinates are the cell's middle, metres. */
export interface CoverageCell {
  readonly x: number;
  readonly y: number;
  readonly unitId: UnitId;
  /** Radius expected to hold the truth nine times in ten, metres. */
  readonly radius90: number;
  /** Chance that the position found lies in the room the tag is in, 0…1. */
  readonly roomCertainty: number;
  /** Gateways expected to hear it, counted by how often. */
  readonly gateways: number;
}

/** A room's mean over its cells. */
export interface RoomCoverage {
  readonly unitId: UnitId;
  readonly levelId: LevelId;
  readonly sectionId: SectionId | null;
  readonly radius90: number;
  readonly roomCertainty: number;
}

/** What a room loses when a gateway dies. */
export interface RoomLoss {
  readonly unitId: UnitId;
  readonly gatewayId: GatewayId;
  readonly before: number;
  readonly after: number;
}

export interface Coverage {
  readonly cellM: number;
  readonly levels: readonly { readonly levelId: LevelId; readonly cells: readonly CoverageCell[] }[];
  readonly rooms: readonly RoomCoverage[];
  /** Rooms that lose their certainty (fall below even odds, or by a sixth and more), the heaviest loss first. */
  readonly losses: readonly RoomLoss[];
}

const evenOdds = 0.5;
const heavyLoss = 1 / 6;

/**
 * What the radio model promises before any tag is there: the expected error and room certainty of every cell, and the
 * N−1 map, which rooms lose their certainty when one gateway dies. A bound from the model alone (no walls, no motion):
 * good for finding the weak places of a plan, not for promising metres.
 * @param cellM side of a cell, metres.
 * @example foreseeCoverage(model, 1).losses[0] // the room most at the mercy of one gateway
 */
export function foreseeCoverage(model: SiteModel, cellM = 1): Coverage {
  const levels = model.levels.map((level) => foreseeLevel(level, model, cellM));
  return {
    cellM,
    levels: levels.map(({ levelId, cells }) => ({ levelId, cells })),
    rooms: levels.flatMap(({ rooms }) => rooms),
    losses: levels.flatMap(({ losses }) => losses).sort((a, b) => b.before - b.after - (a.before - a.after)),
  };
}

/** Sums over the cells of one unit. */
interface UnitSum {
  cells: number;
  radius90: number;
  certainty: number;
  /** Certainty lost with each gateway, by its index. */
  readonly lost: Map<number, number>;
}

function foreseeLevel(level: LevelModel, model: SiteModel, cellM: number) {
  const { minX, minY, maxX, maxY } = level.level.bounds;
  const cells: CoverageCell[] = [];
  const sums = new Map<number, UnitSum>();
  for (let y = minY + cellM / 2; y < maxY; y += cellM) {
    for (let x = minX + cellM / 2; x < maxX; x += cellM) {
      const index = unitAt(level.raster, x, y);
      const unit = level.level.units[index];
      if (unit === undefined) continue;
      const sum = sums.get(index) ?? { cells: 0, radius90: 0, certainty: 0, lost: new Map<number, number>() };
      sums.set(index, sum);
      cells.push({ x, y, unitId: unit.id, ...foreseeCell(level, model, { x, y, index }, sum) });
    }
  }
  return { levelId: level.level.id, cells, ...roomsOf(level, model, sums) };
}

interface Spot {
  readonly x: number;
  readonly y: number;
  /** Of the unit around it. */
  readonly index: number;
}

function foreseeCell(level: LevelModel, model: SiteModel, spot: Spot, sum: UnitSum) {
  const links = linksAt(level, model, spot.x, spot.y);
  const known = knowledgeOf(links, level.radio.strengthVariance);
  const error = foreseenError(known);
  const { radius90 } = errorRadii(error.xx, error.xy, error.yy, { radius50: 0, radius90: 0 });
  const roomCertainty = certaintyAt(level, spot, error);
  sum.cells++;
  sum.radius90 += radius90;
  sum.certainty += roomCertainty;
  for (const link of links) {
    addLink(known, link, -1);
    const lost = roomCertainty - certaintyAt(level, spot, foreseenError(known));
    addLink(known, link, 1);
    sum.lost.set(link.gateway, (sum.lost.get(link.gateway) ?? 0) + lost);
  }
  return { radius90, roomCertainty, gateways: links.length };
}

const masses = new UnitShares();

/** Share of the positions that may be found which lie in the unit, of those that lie in any. */
function certaintyAt({ raster }: LevelModel, { x, y, index }: Spot, error: Foreseen): number {
  unitMasses(raster, { x, y, ...error }, masses);
  const sum = masses.sum();
  return sum === 0 ? 0 : masses.of(index) / sum;
}

function roomsOf(level: LevelModel, model: SiteModel, sums: ReadonlyMap<number, UnitSum>) {
  const rooms: RoomCoverage[] = [];
  const losses: RoomLoss[] = [];
  for (const [index, { cells, radius90, certainty, lost }] of sums) {
    const unit = level.level.units[index];
    if (unit === undefined) continue;
    const before = certainty / cells;
    const { id: unitId, sectionId } = unit;
    rooms.push({ unitId, levelId: level.level.id, sectionId, radius90: radius90 / cells, roomCertainty: before });
    for (const [g, sum] of lost) {
      const after = before - sum / cells;
      const gateway = model.gateways[g];
      const isLost = (before >= evenOdds && after < evenOdds) || before - after >= heavyLoss;
      if (gateway !== undefined && isLost) losses.push({ unitId, gatewayId: gateway.id, before, after });
    }
  }
  return { rooms, losses };
}
