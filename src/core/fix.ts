import type { LevelId, SectionId, TagId, UnitId } from './ids';

/** Where a tag was, with its error. Coordinates are metres of the level: x right, y up. */
export interface Fix {
  readonly tagId: TagId;
  /** Newest `heardAt` used, epoch ms: the time the fix is true for. */
  readonly at: number;
  readonly levelId: LevelId;
  readonly x: number;
  readonly y: number;
  /** Radius in metres meant to hold the truth five times in ten. */
  readonly radius50: number;
  /** Radius in metres meant to hold the truth nine times in ten. */
  readonly radius90: number;
  /** The unit the tag is taken to be in (after hysteresis), or null when no unit is likelier than all others together. */
  readonly zoneId: UnitId | null;
  /** The section of `zoneId`; without one, the section that is likelier than all others together, or null. */
  readonly sectionId: SectionId | null;
  /** Probability that `zoneId` is right, 0…1; when it is null, that `sectionId` is. */
  readonly zoneProbability: number;
  /** The likeliest units with their probabilities, most likely first. */
  readonly zones: readonly (readonly [UnitId, number])[];
  /** Whether the filter takes the tag to be moving. */
  readonly moving: boolean;
}
