import type { Span } from '../geometry';

/**
 * The building's lines, metres. A bar 90 m long lies east-west: a row of rooms on each façade, two corridors, a core
 * between them. A wing runs south from its middle; a service block stands at its east end on the ground.
 */
export const BAND = {
  southRow: [38, 44.2],
  southCorridor: [44.2, 46.8],
  core: [46.8, 53.2],
  coreSouth: [46.8, 50],
  coreNorth: [50, 53.2],
  northCorridor: [53.2, 55.8],
  northRow: [55.8, 62],
} as const satisfies Record<string, Span>;

/** The bar from west to east: a department, the public centre with the lifts, a department, the service block. */
export const PART = {
  west: [0, 34],
  centre: [34, 56],
  east: [56, 90],
  service: [90, 110],
} as const satisfies Record<string, Span>;

export const WING: Span = [32, 56];

/** Stairs 1 and 2 close the two ends of the bar's core. */
export const STAIR_DEPTH = 4;

/** Where the passage from the lifts to the wing runs on the two lower levels. */
export const LINK: Span = [48, 52];
