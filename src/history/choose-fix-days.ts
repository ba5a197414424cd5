import type { Database } from '../database/database.module';
import type { FixDays } from './fix-days';
import { PlainFixDays } from './plain-fix-days';
import { refreshRollups } from './plain-rollups';
import type { Retention } from './retention';
import type { Rollups } from './rollups';
import { TimescaleFixDays } from './timescale-fix-days';

/** The kind the database was migrated as. */
export function fixDaysOf(database: Database, retention: Retention): FixDays {
  return database.kind === 'timescale'
    ? new TimescaleFixDays(database, retention)
    : new PlainFixDays(database, retention);
}

/** TimescaleDB keeps the rollups itself, as continuous aggregates. */
export function rollupsOf(database: Database): Rollups {
  return { refresh: database.kind === 'timescale' ? async () => undefined : refreshRollups };
}
