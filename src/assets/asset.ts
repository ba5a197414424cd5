import type { Availability, ManualStatus, TagId } from '../core';

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
  /** What someone said of its availability, while it holds. */
  readonly status: HeldStatus | null;
}

export interface HeldStatus extends ManualStatus {
  /** Row of `asset_status`. */
  readonly rowId: string;
}

/** A new asset, all its fields given. */
export type NewAsset = Omit<Asset, 'status' | 'photo'>;

/** What may be changed of an asset. */
export type AssetChange = Partial<Omit<NewAsset, 'id'>>;

export interface NewStatus {
  readonly status: Availability;
  readonly note: string | null;
  readonly spaceType: string | null;
}
