import type { Calibration } from './calibration';
import type { GatewayId, LevelId, UnitId } from './ids';
import { type LevelGrids, withCoarser } from './positioning/grid/coarser-grid';
import { tabulateExpected } from './positioning/grid/expected-signals';
import { cellsOf, cutFloor } from './positioning/grid/floor-grid';
import { type CalibratedRadio, type LevelRadio, tabulateRadio } from './radio/path-loss';
import { type Barriers, readBarriers } from './radio/barriers';
import { krige, type Kriging } from './radio/residual-map';
import { rememberWalls, type WallCounts } from './radio/wall-counts';
import { completeRules, type Rules } from './rules';
import type { Bounds, Gateway, Level, Site } from './site';
import { joinUnits } from './zoning/joined-units';
import { rasterise, type UnitRaster } from './zoning/unit-raster';

/** One level as the engine reads it: radio and units as flat tables. */
export interface LevelModel {
  readonly level: Level;
  readonly radio: LevelRadio;
  readonly raster: UnitRaster;
  /** Units joined by an opening; null when the plan draws no openings. */
  readonly joined: ReadonlyMap<UnitId, ReadonlySet<UnitId>> | null;
  /** The walkable cells and what is heard in each; null for a method that has no use for them. */
  readonly grid: LevelGrids | null;
}

/** All the engine knows of a site, worked out once: immutable, shared by all tags. */
export interface SiteModel {
  readonly site: Site;
  readonly rules: Rules;
  /** By ordinal, lowest first. */
  readonly levels: readonly LevelModel[];
  readonly levelIndex: ReadonlyMap<LevelId, number>;
  /** The gateways that can be used; their places here are their indices in every table. */
  readonly gateways: readonly Gateway[];
  readonly gatewayIndex: ReadonlyMap<GatewayId, number>;
  /** Index of the level each gateway hangs on. */
  readonly gatewayLevel: Int16Array;
  /** What is wrong with the site, one sentence each, to be shown loudly: gateways left out or badly placed. */
  readonly warnings: readonly string[];
}

/**
 * Works out the tables the engine reads. Gateways without a place are left out with a warning and never discard the
 * others; gateways whose height lies outside their level are used as given, with a warning.
 * @param calibration null for the default radio model.
 */
export function buildSiteModel(site: Site, calibration: Calibration | null, rules?: Partial<Rules>): SiteModel {
  const asked = completeRules({ ...(site.method === undefined ? {} : { method: site.method }), ...rules });
  const gateways = [...site.gatewayById.values()].filter((gateway) => isPlaced(gateway, site));
  const tooLarge = asked.method === 'bayes-grid' ? sizeWarning(site, gateways.length, asked) : null;
  const complete: Rules = tooLarge === null ? asked : { ...asked, method: 'least-squares' };
  const levelIndex = new Map(site.levels.map((level, i) => [level.id, i]));
  const rasters = new Map(site.levels.map((level) => [level.id, rasterise(level.units, level.bounds)]));
  const barriers = new Map(
    site.levels.map((level) => {
      const raster = rasters.get(level.id);
      return [level.id, raster === undefined ? null : readBarriers(level, raster)];
    }),
  );
  const krigings = complete.method === 'bayes-grid' ? krige(site, calibration, barriers) : new Map();
  const wallCounts = rememberWalls((id) => barriers.get(id) ?? null);
  const around = { calibration, rules: complete, rasters, barriers, wallCounts, krigings };
  return {
    site,
    rules: complete,
    levels: site.levels.map((level) => modelLevel(site, level, gateways, around)),
    levelIndex,
    gateways,
    gatewayIndex: new Map(gateways.map((gateway, i) => [gateway.id, i])),
    gatewayLevel: Int16Array.from(gateways, (gateway) => levelIndex.get(gateway.levelId) ?? 0),
    warnings: [...(tooLarge === null ? [] : [tooLarge]), ...warningsOf(site, calibration)],
  };
}

/** Cells of all maps together, one map for each gateway and level: as many are built in half a minute and take half a gigabyte. */
const mostMapCells = 50e6;

/** Maps grow with the gateways times the floor: a sentence where they would keep a site from starting. */
function sizeWarning({ levels }: Site, gateways: number, { grid }: Rules): string | null {
  const cells = levels.reduce((sum, { bounds }) => sum + cellsOf(bounds, grid), 0);
  if (cells * gateways <= mostMapCells) return null;
  return (
    `${gateways} gateways over ${Math.round(cells).toLocaleString('en-CA')} cells are too many for maps of the whole plan: ` +
    'tags are followed by least-squares in place of bayes-grid.'
  );
}

interface Around extends CalibratedRadio {
  readonly rasters: ReadonlyMap<LevelId, UnitRaster>;
  readonly barriers: ReadonlyMap<LevelId, Barriers | null>;
  readonly wallCounts: WallCounts;
  readonly krigings: ReadonlyMap<GatewayId, Kriging>;
}

function modelLevel(site: Site, level: Level, gateways: readonly Gateway[], around: Around): LevelModel {
  const { rules } = around;
  const radio = tabulateRadio(site, level, gateways, around);
  const raster = around.rasters.get(level.id) ?? rasterise(level.units, level.bounds);
  const joined = joinUnits(level);
  if (rules.method !== 'bayes-grid') return { level, radio, raster, joined, grid: null };
  const grid = cutFloor(level, raster, rules.grid);
  const expected = tabulateExpected(gateways, { ...around, site, level, grid, radio });
  return { level, radio, raster, joined, grid: withCoarser({ floor: grid, expected }, level, rules.grid.wallLeak) };
}

const isPlaced = ({ x, y, z, levelId }: Gateway, site: Site): boolean =>
  Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z) && site.levelById.has(levelId);

function warningsOf(site: Site, calibration: Calibration | null): string[] {
  const warnings = [...site.gatewayById.values()].flatMap((gateway) => faultsOf(gateway, site));
  if (site.gatewayById.size === 0) warnings.push('The site has no gateways: nothing can be located.');
  for (const { gatewayId } of calibration?.gateways ?? []) {
    if (!site.gatewayById.has(gatewayId))
      warnings.push(`Calibration names gateway ${gatewayId}, which the site has not.`);
  }
  return warnings;
}

/** Distance a gateway may lie outside its level's plan (a wall's thickness) before it is reported. */
const wallM = 1;

function faultsOf(gateway: Gateway, site: Site): string[] {
  const level = site.levelById.get(gateway.levelId);
  if (!isPlaced(gateway, site) || level === undefined) {
    return [`Gateway ${gateway.id} has no place on the plan and is not used.`];
  }
  const faults: string[] = [];
  if (gateway.z < 0 || gateway.z > level.height) {
    faults.push(
      `Gateway ${gateway.id} is said to hang ${gateway.z} m above the floor of ${level.name}, which is ${level.height} m high: ` +
        'its distances will be wrong.',
    );
  }
  if (!isWithin(gateway.x, gateway.y, level.bounds)) {
    faults.push(`Gateway ${gateway.id} lies outside the plan of ${level.name}, at ${gateway.x}, ${gateway.y}.`);
  }
  return faults;
}

const isWithin = (x: number, y: number, bounds: Bounds): boolean =>
  x >= bounds.minX - wallM && x <= bounds.maxX + wallM && y >= bounds.minY - wallM && y <= bounds.maxY + wallM;
