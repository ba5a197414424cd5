import type { PoolClient } from 'pg';

/** What differs between the two kinds of database: who makes the hourly and daily rollups from the hours of stays. */
export interface Rollups {
  /** The hour that begins at `hour` (epoch ms) has been counted, in this transaction. */
  refresh(client: PoolClient, hour: number): Promise<void>;
}
