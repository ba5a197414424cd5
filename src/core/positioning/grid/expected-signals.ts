import type { Calibration } from '../../calibration';
import type { GatewayId, LevelId } from '../../ids';
import type { Barriers } from '../../radio/barriers';
import type { Line } from '../../radio/line';
import { defaultHearing } from '../../radio/hearing';
import { defaultLine, type LevelRadio, minSqDistance } from '../../radio/path-loss';
import type { Kriging } from '../../radio/residual-map';
import type { WallCounts } from '../../radio/wall-counts';
import { spotVarianceOf } from '../../radio/shadowing';
import { mapWalls } from '../../radio/wall-map';
import type { Rules } from '../../rules';
import type { Gateway, Level, Site } from '../../site';
import { quickLog } from '../../fast-math';
import { cellY, closed, type FloorGrid } from './floor-grid';
import { tabulateShadow } from './shadow-map';
import { tabulateAllSilent, tabulateSilence } from './silence';

/** How strong a tag is at one gateway in every cell of a level, heard or not, dBm, and how far that may be off, dB². */
export interface GatewayMap {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** The median over all places one can stand on. */
  readonly typicalVariance: number;
  /** What of it is another in every spot, dB²: the rest is shared by places around. */
  readonly spotVariance: number;
}

export interface ExpectedSignals {
  /** By the model's index of gateways. */
  readonly gateways: readonly GatewayMap[];
  /** How tags' own strengths differ before anything is known of one, dB². */
  readonly strengthVariance: number;
  /** What the silence of one gateway says, and of all of them in each cell, for several strengths of a tag. */
  readonly silence: Float32Array;
  readonly allSilent: readonly Float32Array[];
  /** Where ears end: level at which half is heard, dBm; null where no survey tells. */
  readonly earsEndDbm: number | null;
}

/** A level and all that stands between it and the gateways. */
export interface Surroundings {
  readonly site: Site;
  readonly level: Level;
  readonly grid: FloorGrid;
  readonly radio: LevelRadio;
  readonly calibration: Calibration | null;
  readonly rules: Rules;
  readonly barriers: ReadonlyMap<LevelId, Barriers | null>;
  readonly wallCounts: WallCounts;
  readonly krigings: ReadonlyMap<GatewayId, Kriging>;
}

/** Tabulates path loss through walls and slabs and, where a survey says more, its residuals. */
export function tabulateExpected(gateways: readonly Gateway[], around: Surroundings): ExpectedSignals {
  const radios = new Map(around.calibration?.gateways.map((radio) => [radio.gatewayId, radio]));
  const fallback = around.calibration?.fallback;
  const byDefault = defaultLine((around.barriers.get(around.level.id) ?? null) !== null);
  const maps = gateways.map((gateway) => {
    const radio = radios.get(gateway.id) ?? fallback;
    const fitted = radio === undefined ? byDefault : (radio.through ?? { ...radio, wallDb: 0 });
    const line = around.krigings.get(gateway.id)?.line ?? fitted;
    return tabulate(gateway, line, radio !== undefined, around);
  });
  const strengthDb = around.calibration === null ? around.rules.unknownStrengthSigmaDb : around.rules.grid.tagSpreadDb;
  const silence = tabulateSilence(around.calibration?.hearing ?? defaultHearing);
  return {
    strengthVariance: strengthDb ** 2,
    gateways: maps,
    earsEndDbm: around.calibration?.hearing?.halfDbm ?? null,
    silence,
    allSilent: tabulateAllSilent(
      maps.map(({ mean }) => mean),
      silence,
    ),
  };
}

/** How far the loss of one wall no survey has shown may lie from a light wall's: from glass to brick, dB. */
const wallSigmaDb = 2.5;

function tabulate(gateway: Gateway, line: Line, isSurveyed: boolean, around: Surroundings): GatewayMap {
  const { site, level, grid, rules, krigings } = around;
  const size = grid.columns * grid.rows;
  const home = site.levelById.get(gateway.levelId) ?? level;
  const slabs = Math.abs(home.ordinal - level.ordinal);
  const rise = home.elevation + gateway.z - level.elevation - site.tagHeight;
  const slab = around.calibration?.slab ?? { db: rules.slabLossDb, sigmaDb: rules.slabSigmaDb };
  const rssi1m = line.rssi1m - slabs * slab.db;
  const mean = new Float32Array(size);
  const variance = new Float32Array(size).fill(line.sigma ** 2 + slabs * slab.sigmaDb ** 2);
  const perWall = isSurveyed ? 0 : wallSigmaDb ** 2;
  const walls = mapWalls({ site, level, gateway, cells: grid, wallCounts: around.wallCounts });
  const kriging = slabs > 0 ? undefined : krigings.get(gateway.id);
  const shadow = kriging === undefined ? null : tabulateShadow(kriging, grid, walls);
  const wallDb = line.wallDb * (slabs > 0 ? (around.calibration?.slab?.wallShare ?? 1) : 1);
  // The same as `expectedRssi`, within a hundredth of a decibel.
  const perLog = (5 * line.exponent) / Math.LN10;
  for (let cell = 0, column = 0, sqAcross = 0; cell < size; cell++, column++) {
    if (cell === 0 || column === grid.columns) {
      column = 0;
      sqAcross = (cellY(grid, cell) - gateway.y) ** 2 + rise ** 2;
    }
    const x = grid.minX + (column + 0.5) * grid.cellM;
    mean[cell] = rssi1m - perLog * quickLog(Math.max((x - gateway.x) ** 2 + sqAcross, minSqDistance));
    if (grid.unit[cell] === closed) continue;
    if (walls !== null) {
      mean[cell] = (mean[cell] ?? 0) - wallDb * (walls[cell] ?? 0);
      variance[cell] = (variance[cell] ?? 0) + perWall * (walls[cell] ?? 0);
    }
    if (shadow === null) continue;
    mean[cell] = (mean[cell] ?? 0) + (shadow.db[cell] ?? 0);
    variance[cell] = shadow.variance[cell] ?? 0;
  }
  const spotVariance = kriging === undefined ? 0 : spotVarianceOf(kriging.shadowing);
  return { mean, variance, typicalVariance: typicalOf(variance, grid), spotVariance };
}

const mostSampled = 2000;
const golden = 0.6180339887;

/** The median over the open cells; on a large level over a sample spread evenly (multiples of the golden ratio). */
function typicalOf(variance: Float32Array, grid: FloorGrid): number {
  const size = variance.length;
  const sample: number[] = [];
  for (let i = 0; i < Math.min(size, mostSampled); i++) {
    const cell = size <= mostSampled ? i : Math.floor(((i * golden) % 1) * size);
    if (grid.unit[cell] !== closed) sample.push(variance[cell] ?? 0);
  }
  sample.sort((a, b) => a - b);
  return sample[sample.length >> 1] ?? 0;
}
