import type { ColumnType, Generated } from 'kysely';
import type { Availability, CorrectionCode, OutOfUse, StatusSource, TagClass } from '../core';

/** Written as epoch milliseconds made into an instant by the query, read as a Date. */
type Instant = ColumnType<Date, Date | string, Date | string>;
/** The same, now when left out. */
type GeneratedInstant = ColumnType<Date, Date | string | undefined, Date | string>;

/** Where a tag was. Written by history. */
export interface FixTable {
  tag_id: string;
  at: Instant;
  level_id: string;
  x: number;
  y: number;
  radius50: number;
  radius90: number;
  zone_id: string | null;
  section_id: string | null;
  zone_probability: number;
  moving: boolean;
  class: Generated<TagClass>;
}

/** A tag in a room: `left_at` is null while it is there. Written by history. */
export interface StayTable {
  tag_id: string;
  zone_id: string;
  section_id: string | null;
  level_id: string;
  entered_at: Instant;
  left_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  class: Generated<TagClass>;
}

/** How far into each stream of moves the rows above reach. Written by history, with them. */
export interface HistoryPositionTable {
  shard: number;
  entry_id: string;
}

/** A piece of equipment. Written by assets. */
export interface AssetTable {
  site_id: string;
  id: string;
  name: string;
  kind: string;
  number: string | null;
  serial: string | null;
  owner_section_id: string | null;
  home_unit_id: string | null;
  notes: string | null;
  created_at: GeneratedInstant;
  changed_at: GeneratedInstant;
  retired_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

/** Which tags are followed, and what wears them. Written by assets. */
export interface TagAssignmentTable {
  site_id: string;
  tag_id: string;
  class: TagClass;
  asset_id: string | null;
  /** Which of the asset's tags it is, from 0. */
  ordinal: Generated<number>;
  assigned_at: GeneratedInstant;
}

/** What people said of an asset's availability; `ended_at` is null while it holds. Written by assets. */
export interface AssetStatusTable {
  id: Generated<string>;
  site_id: string;
  asset_id: string;
  status: Availability;
  note: string | null;
  space_type: string | null;
  source: Generated<StatusSource>;
  reason: ColumnType<OutOfUse | null, OutOfUse | null | undefined, OutOfUse | null>;
  /** The correction it was said with. */
  correction: ColumnType<CorrectionCode | null, CorrectionCode | null | undefined, CorrectionCode | null>;
  confirmed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  set_at: GeneratedInstant;
  ended_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  ended_by: ColumnType<EndedBy | null, EndedBy | null | undefined, EndedBy | null>;
}

/** The photograph of an asset. Written by assets. */
export interface AssetPhotoTable {
  site_id: string;
  asset_id: string;
  media_type: string;
  bytes: Buffer;
  version: string;
  set_at: GeneratedInstant;
}

/** Why a status no longer holds. */
export type EndedBy = 'cleared' | 'replaced' | 'moved' | 'expired' | 'undone';

/** Who is on the way to an asset. Written by assets. */
export interface ClaimTable {
  site_id: string;
  asset_id: string;
  tablet: string;
  claimed_at: Instant;
  until: Instant;
}

/** What somebody found otherwise than shown. Written by assets. */
export interface CorrectionTable {
  id: string;
  site_id: string;
  asset_id: string;
  tablet: string | null;
  code: CorrectionCode;
  note: string | null;
  said_at: Instant;
  received_at: GeneratedInstant;
  unit_id: string | null;
  misled: string[];
  status_id: string | null;
  replaced_status_id: string | null;
  undone_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

/** How long somebody searched who then found. Written by assets. */
export interface SearchTimeTable {
  correction_id: string;
  site_id: string;
  kind: string;
  found_at: Instant;
  seconds: number;
}

/** The availability last written of each asset. Written by assets. */
export interface AvailabilityStateTable {
  site_id: string;
  asset_id: string;
  status: Availability;
  at: Instant;
}

/** Every change of availability, once. Written by assets. */
export interface AvailabilityChangeTable {
  id: Generated<string>;
  site_id: string;
  asset_id: string;
  kind: string;
  from_status: Availability | null;
  to_status: Availability;
  probability: number;
  cause: string | null;
  unit_id: string | null;
  section_id: string | null;
  at: Instant;
}

/** What was changed of the availability rules. Written by assets. */
export interface AvailabilityRulesTable {
  site_id: string;
  rules: ColumnType<unknown, string, string>;
  changed_at: GeneratedInstant;
}

/** Which migrations this database has had. Written by the migration runner. */
export interface MigrationTable {
  name: string;
  checksum: string;
  applied_at: Generated<Date>;
}

/** Every table as kysely knows it. Each module adds the tables it alone writes; migrations make them. */
export interface Tables {
  fix: FixTable;
  stay: StayTable;
  history_position: HistoryPositionTable;
  asset: AssetTable;
  tag_assignment: TagAssignmentTable;
  asset_status: AssetStatusTable;
  asset_photo: AssetPhotoTable;
  claim: ClaimTable;
  correction: CorrectionTable;
  search_time: SearchTimeTable;
  availability_state: AvailabilityStateTable;
  availability_change: AvailabilityChangeTable;
  availability_rules: AvailabilityRulesTable;
  migration: MigrationTable;
}
