import type { Database } from '../database/database.module';
import type { FixDays } from './fix-days';
import { PlainFixDays } from './plain-fix-days';
import { TimescaleFixDays } from './timescale-fix-days';

/** The kind the database was migrated as. */
export function fixDaysOf(database: Database, retentionDays: number): FixDays {
  return database.kind === 'timescale'
    ? new TimescaleFixDays(database, retentionDays)
    : new PlainFixDays(database, retentionDays);
}
