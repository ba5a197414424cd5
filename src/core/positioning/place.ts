import { UnitShares } from '../zoning/unit-shares';

/** A place with its error, metres, and what share of it lies in which unit. Filled in anew for every fix. */
export interface Place {
  /** Epoch ms. */
  at: number;
  x: number;
  y: number;
  radius50: number;
  radius90: number;
  readonly masses: UnitShares;
  /** Whether walls have had their part in the masses. */
  knowsWalls: boolean;
}

export const emptyPlace = (): Place => ({
  at: 0,
  x: 0,
  y: 0,
  radius50: 0,
  radius90: 0,
  masses: new UnitShares(),
  knowsWalls: false,
});
