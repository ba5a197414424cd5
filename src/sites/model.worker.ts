import { parentPort, workerData } from 'node:worker_threads';
import { buildSiteModel, type Calibration, type Site } from '../core';

/** Builds the engine's model of a site away from what serves and tracks; its tables are handed over, not copied. */
const { site, calibration } = workerData as { readonly site: Site; readonly calibration: Calibration | null };
const model = buildSiteModel(site, calibration);
const tables = new Set<ArrayBuffer>();
gather(model.levels);
parentPort?.postMessage(model, [...tables]);

function gather(value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) tables.add(value.buffer);
  } else if (Array.isArray(value)) value.forEach(gather);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather);
}
