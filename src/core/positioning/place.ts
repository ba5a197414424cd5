import type { LevelModel } from '../model';

/** A place on a level with its error, metres, and what share of it lies in which unit. */
export interface Place {
  readonly level: LevelModel;
  /** Epoch ms. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly radius50: number;
  readonly radius90: number;
  /** Index of the unit → share. */
  readonly masses: ReadonlyMap<number, number>;
  /** Whether walls have had their part in the masses. */
  readonly knowsWalls: boolean;
}
