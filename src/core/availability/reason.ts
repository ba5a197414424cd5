import type { UnitId } from '../ids';
import type { Label } from '../site';
import type { CorrectionCode } from './known';
import type { Availability } from './rules';

export type ReasonCode =
  | 'rests-in'
  | 'moving'
  | 'moving-with'
  | 'rested-long'
  | 'not-cleaned'
  | 'cleaned'
  | 'place-unsure'
  | 'manual'
  | 'device-feed'
  | 'out-of-service'
  | 'recall'
  | 'silent'
  | 'never-heard'
  | 'corrected'
  | 'claimed';

/** One reason, as data: each language says it in its own words. */
export interface Reason {
  readonly code: ReasonCode;
  /** What it speaks for. */
  readonly status: Availability;
  /** Log-odds for (or, negative, against) `status`; 0 when it only explains. */
  readonly weight: number;
  readonly spaceType?: string;
  readonly unitId?: UnitId;
  readonly unitName?: Label;
  readonly unitNumber?: string;
  readonly placeProbability?: number;
  /** It is in this unit or in another that says the same; `placeProbability` is that of all of them. */
  readonly orAlike?: boolean;
  /** Epoch ms. */
  readonly since?: number;
  readonly until?: number;
  readonly note?: string;
  readonly companion?: { readonly id: string; readonly kind: string; readonly name: string };
  readonly correction?: CorrectionCode;
}
