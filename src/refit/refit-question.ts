import type { Calibration, Site, SurveyPoint } from '../core';

/** What the thread that fits is asked. */
export interface RefitQuestion {
  readonly site: Site;
  readonly inUse: Calibration | null;
  readonly points: readonly SurveyPoint[];
  /** Epoch ms. */
  readonly fittedAt: number;
}
