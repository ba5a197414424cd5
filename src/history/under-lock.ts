import type { PoolClient } from 'pg';
import type { Database } from '../database/database.module';
import { transact } from '../database/transact';

/** Work on how tables are split, in a transaction: of all processes that use a schema, one at a time. */
export async function underLock(database: Database, work: (client: PoolClient) => Promise<void>): Promise<void> {
  await transact(database.pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`fix days of ${database.schema}`]);
    await work(client);
  });
}
