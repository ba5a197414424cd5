import type { ManualStatus, Said, TagId } from '../core';
import type { Claim } from '../live/protocol';

/** A piece of equipment as the registry has it. */
export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly number: string | null;
  readonly serial: string | null;
  /** The tags it wears; the first tells where it is while it is heard. */
  readonly tagIds: readonly TagId[];
  readonly ownerSectionId: string | null;
  readonly homeUnitId: string | null;
  readonly notes: string | null;
  /** Version of its photograph. */
  readonly photo: string | null;
  /** What was said of its availability and still counts. */
  readonly said: HeldSaid;
}

/** The same as rows of the database hold it. Corrections newest first. */
export interface HeldSaid extends Said {
  readonly staff: HeldStatus | null;
  readonly device: HeldStatus | null;
  readonly claim: Claim | null;
}

export const nothingSaid: HeldSaid = { staff: null, device: null, corrections: [], claim: null };

export interface HeldStatus extends ManualStatus {
  /** Row of `asset_status`. */
  readonly rowId: string;
}

/** A new asset, all its fields given. */
export type NewAsset = Omit<Asset, 'said' | 'photo'>;

/** What may be changed of an asset. */
export type AssetChange = Partial<Omit<NewAsset, 'id'>>;
