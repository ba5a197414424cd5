import type { Availability, Companion, WalkingPoint } from '../core';

export interface NearestQuestion {
  readonly kind: string;
  readonly from: WalkingPoint;
  /** Null: whatever its availability. */
  readonly availability: Availability | null;
  readonly limit: number;
  readonly with: Companion;
  /** Opens the doors for staff. True when left out. */
  readonly hasBadge?: boolean | undefined;
  /** The tablet that asks. */
  readonly tablet?: string | undefined;
  /** The answer on the screen, in order. */
  readonly shown: readonly string[];
}
