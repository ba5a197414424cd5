import type { UnitId } from '../ids';
import type { Label } from '../site';
import type { Availability } from './rules';

/** A unit as availability sees it. */
export interface Space {
  readonly unitId: UnitId;
  readonly name: Label;
  /** Number on the door. */
  readonly number: string | null;
  /** Our space type, else the IMDF category. */
  readonly type: string;
}

/** A unit it may be in, and how likely. */
export interface LikelySpace extends Space {
  readonly probability: number;
}

/** What is known of where an asset is. Times are epoch ms. */
export interface Whereabouts {
  /** The unit it is taken to be in; null outside every unit. */
  readonly space: Space | null;
  readonly probability: number;
  /** Other units it may be in, with their probabilities; may be empty. */
  readonly others: readonly LikelySpace[];
  /** Whether it was sure enough at the fix before, in the same unit: see `isPlaceSure`. */
  readonly wasSure: boolean;
  /** In this unit since; null when not known. */
  readonly since: number | null;
  /** At rest since; null while moving. */
  readonly restingSince: number | null;
  /** Newest fix. */
  readonly at: number;
  readonly silent: boolean;
}

/** Who says it: a person, or the device's own server. */
export type StatusSource = 'staff' | 'device';
/** Why it must not be used. */
export type OutOfUse = 'fault' | 'maintenance' | 'recall';
/** What one tap says of an asset at the place it was shown at. */
export type CorrectionCode = 'not-here' | 'in-use' | 'dirty' | 'broken' | 'free' | 'found' | 'returned';

/** What someone said of an asset. */
export interface ManualStatus {
  readonly status: Availability;
  readonly note: string | null;
  readonly reason: OutOfUse | null;
  /** The correction it was said with, if it was. */
  readonly correction: CorrectionCode | null;
  /** Said first, epoch ms. */
  readonly at: number;
  /** Said last, epoch ms: a device repeats itself. */
  readonly confirmedAt: number;
  /** Type of the space the asset was in then; null when that was not known. */
  readonly spaceType: string | null;
}

/** What somebody found otherwise than shown. */
export interface Correction {
  readonly code: CorrectionCode;
  /** Epoch ms. */
  readonly at: number;
  /** Keys of the evidence that spoke for what was shown: see `misledKey`. */
  readonly misled: readonly string[];
}

/** All that was said of an asset and still counts. */
export interface Said {
  readonly staff: ManualStatus | null;
  readonly device: ManualStatus | null;
  /** Newest first; those undone are left out. */
  readonly corrections: readonly Correction[];
  readonly claim: { readonly at: number; readonly until: number } | null;
}

/** Something that carries patients and goes the same way. */
export interface Escort {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Together since, epoch ms. */
  readonly since: number;
  /** Last seen entering a unit together, epoch ms. */
  readonly at: number;
  /** Units entered together. */
  readonly steps: number;
}

/** What its way tells of whether it was cleaned since it was last used. */
export interface LastUse {
  /** Where it rested last of the spaces it is used in or cleaned in. */
  readonly space: Space;
  /** Last seen there, epoch ms. */
  readonly at: number;
  /** That it has been used and not been where such things are cleaned since, 0…1. */
  readonly uncleaned: number;
  /** The same when it came to rest where it rests now, and since when, epoch ms. */
  readonly came: number;
  readonly restingSince: number;
}

/** Everything an availability is judged from. */
export interface Known {
  readonly place: Whereabouts | null;
  readonly said: Said;
  readonly companion: Escort | null;
  /** Null when it was seen neither in use nor where such things are cleaned. */
  readonly lastUse: LastUse | null;
  /** What was said of it last, so that an answer near the edge holds; null when nothing was. */
  readonly before: Availability | null;
}
