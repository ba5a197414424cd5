import type { LevelModel, SiteModel } from '../model';
import { cellAt } from '../positioning/grid/floor-grid';
import { expectedRssi, minSqDistance } from '../radio/path-loss';

/** What the radio model says one gateway tells about a place: dB per metre along x and y, and the weight of that, dB⁻². */
export interface PlaceLink {
  readonly gateway: number;
  readonly slopeX: number;
  readonly slopeY: number;
  readonly weight: number;
}

/** Expected strength, dBm, and how far it may be off, dB². */
interface Expected {
  readonly rssi: number;
  readonly variance: number;
}

/** Around this expected strength a tag is heard half of the time, and within so many dB of it the odds change, dBm. */
const halfHeard = -93;
const hearingDb = 3;
/** Gateways heard less often than this tell nothing worth counting. */
const leastHeard = 0.05;
/** A slope is taken over so many metres to each side: one wall is not a slope. */
const stepM = 1.5;

/**
 * Links from a place to the gateways that may hear a tag there, by the radio the level's method reads: the map of each
 * gateway where there is one, else its path loss. What a robust (Student t) residual tells is (ν + 1) / (ν + 3) of what
 * a normal one of its scale would.
 */
export function linksAt(level: LevelModel, { gateways, rules }: SiteModel, x: number, y: number): PlaceLink[] {
  const links: PlaceLink[] = [];
  const robust = (rules.tailDegrees + 1) / (rules.tailDegrees + 3);
  for (let g = 0; g < gateways.length; g++) {
    const { rssi, variance } = expectedAt(level, g, x, y);
    const heard = 1 / (1 + Math.exp((halfHeard - rssi) / hearingDb));
    if (heard < leastHeard) continue;
    links.push({
      gateway: g,
      slopeX: (expectedAt(level, g, x + stepM, y).rssi - expectedAt(level, g, x - stepM, y).rssi) / (2 * stepM),
      slopeY: (expectedAt(level, g, x, y + stepM).rssi - expectedAt(level, g, x, y - stepM).rssi) / (2 * stepM),
      weight: (heard * robust) / (variance + rules.fadingDb ** 2 / 2),
    });
  }
  return links;
}

function expectedAt({ grid, radio }: LevelModel, g: number, x: number, y: number): Expected {
  const map = grid?.expected.gateways[g];
  const cell = grid === null ? -1 : cellAt(grid.floor, x, y);
  if (map !== undefined && cell >= 0) return { rssi: map.mean[cell] ?? 0, variance: map.variance[cell] ?? 1 };
  const sqDist = (x - (radio.x[g] ?? 0)) ** 2 + (y - (radio.y[g] ?? 0)) ** 2 + (radio.sqRise[g] ?? 0);
  return {
    rssi: expectedRssi(radio.rssi1m[g] ?? 0, radio.exponent[g] ?? 0, Math.max(sqDist, minSqDistance)),
    variance: radio.variance[g] ?? 1,
  };
}
