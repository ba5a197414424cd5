import type { ColumnType, Generated } from 'kysely';

/** Written as epoch milliseconds made into an instant by the query, read as a Date. */
type Instant = ColumnType<Date, Date | string, Date | string>;

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
}

/** A tag in a room: `left_at` is null while it is there. Written by history. */
export interface StayTable {
  tag_id: string;
  zone_id: string;
  section_id: string | null;
  level_id: string;
  entered_at: Instant;
  left_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

/** How far into each stream of moves the rows above reach. Written by history, with them. */
export interface HistoryPositionTable {
  shard: number;
  entry_id: string;
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
  migration: MigrationTable;
}
