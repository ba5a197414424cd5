import { type UnitRaster, unitAt } from './unit-raster';

/** A normal distribution in the plane: metres and m². */
export interface Blob {
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
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

/** How much of a normal lies in each unit: index of the unit → share; what lies outside all units is left out. */
export function unitMasses(raster: UnitRaster, blob: Blob): Map<number, number> {
  const a = Math.sqrt(Math.max(blob.xx, 1e-6));
  const b = blob.xy / a;
  const c = Math.sqrt(Math.max(blob.yy - b * b, 1e-6));
  const masses = new Map<number, number>();
  const share = 1 / (rings * perRing);
  for (let i = 0; i < normalPoints.length; i += 2) {
    const u = normalPoints[i] ?? 0;
    const v = normalPoints[i + 1] ?? 0;
    const unit = unitAt(raster, blob.x + a * u, blob.y + b * u + c * v);
    if (unit >= 0) masses.set(unit, (masses.get(unit) ?? 0) + share);
  }
  return masses;
}
