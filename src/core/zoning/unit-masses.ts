import type { UnitRaster } from './unit-raster';
import type { UnitShares } from './unit-shares';

/** A normal distribution in the plane: metres and m². */
export interface Blob {
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

/** Points of equal weight that stand for a normal of unit variance: rings of equal mass, turned against each other. */
const rings = 6;
const perRing = 10;
const normalPoints = makePoints();

function makePoints(): Float64Array {
  const points = new Float64Array(2 * rings * perRing);
  for (let ring = 0; ring < rings; ring++) {
    const radius = Math.sqrt(-2 * Math.log(1 - (ring + 0.5) / rings));
    for (let i = 0; i < perRing; i++) {
      const angle = (2 * Math.PI * (i + (ring % 2) / 2)) / perRing;
      points[2 * (ring * perRing + i)] = radius * Math.cos(angle);
      points[2 * (ring * perRing + i) + 1] = radius * Math.sin(angle);
    }
  }
  return points;
}

/** How much of a normal lies in each unit; what lies outside all units is left out. Written into `out`, which is returned. */
export function unitMasses(raster: UnitRaster, blob: Blob, out: UnitShares): UnitShares {
  const { minX, minY, cellM, columns, rows, unit: units } = raster;
  const perM = 1 / cellM;
  const root = Math.sqrt(Math.max(blob.xx, 1e-6));
  const a = root * perM;
  const b = (blob.xy / root) * perM;
  const c = Math.sqrt(Math.max(blob.yy - (blob.xy / root) ** 2, 1e-6)) * perM;
  // In cells, one ahead: what is cut off below zero then lies outside.
  const x = (blob.x - minX) * perM + 1;
  const y = (blob.y - minY) * perM + 1;
  out.clear();
  let last = -1;
  let met = 0;
  for (let i = 0; i < normalPoints.length; i += 2) {
    const u = normalPoints[i] ?? 0;
    const column = (x + a * u) | 0;
    const row = (y + b * u + c * (normalPoints[i + 1] ?? 0)) | 0;
    const isInside = (column - 1) >>> 0 < columns && (row - 1) >>> 0 < rows;
    const unit = isInside ? (units[(row - 1) * columns + column - 1] ?? -1) : -1;
    if (unit === last) met++;
    else {
      if (last >= 0) out.add(last, met * share);
      last = unit;
      met = 1;
    }
  }
  if (last >= 0) out.add(last, met * share);
  return out;
}

const share = 1 / (rings * perRing);
