import type { GatewayId } from '../../ids';
import { expectedRssi, type LevelRadio } from '../../radio/path-loss';
import { type Kriging, residualAt } from '../../radio/residual-map';
import type { Gateway } from '../../site';
import { cellX, cellY, type FloorGrid } from './floor-grid';

/** What one gateway is expected to hear of a tag in every cell of a level, dBm, and how far it may be off, dB². */
export interface GatewayMap {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

export interface ExpectedSignals {
  /** By the model's index of gateways. */
  readonly gateways: readonly GatewayMap[];
  readonly strengthVariance: number;
}

/** Tabulates path loss and, where a survey is dense enough, its residuals. */
export function tabulateExpected(
  grid: FloorGrid,
  radio: LevelRadio,
  gateways: readonly Gateway[],
  krigings: ReadonlyMap<GatewayId, Kriging>,
): ExpectedSignals {
  return {
    strengthVariance: radio.strengthVariance,
    gateways: gateways.map(({ id }, g) => tabulate(grid, radio, g, krigings.get(id) ?? null)),
  };
}

function tabulate(grid: FloorGrid, radio: LevelRadio, g: number, kriging: Kriging | null): GatewayMap {
  const size = grid.columns * grid.rows;
  const mean = new Float32Array(size);
  const variance = new Float32Array(size).fill(radio.variance[g] ?? 0);
  for (let cell = 0; cell < size; cell++) {
    const x = cellX(grid, cell);
    const y = cellY(grid, cell);
    const sqDist = (x - (radio.x[g] ?? 0)) ** 2 + (y - (radio.y[g] ?? 0)) ** 2 + (radio.sqRise[g] ?? 0);
    mean[cell] = expectedRssi(radio.rssi1m[g] ?? 0, radio.exponent[g] ?? 0, sqDist);
    if (kriging === null) continue;
    const residual = residualAt(kriging, x, y);
    mean[cell] = (mean[cell] ?? 0) + residual.db;
    variance[cell] = residual.variance;
  }
  return { mean, variance };
}
