import type { Availability, Companion, WalkingPoint } from '../core';

export interface NearestQuestion {
  readonly kind: string;
  readonly from: WalkingPoint;
  /** Null: whatever its availability. */
  readonly availability: Availability | null;
  readonly limit: number;
  readonly with: Companion;
  /** The tablet that asks. */
  readonly tablet?: string | undefined;
  /** The answer on the screen, in order. */
  readonly shown: readonly string[];
}
