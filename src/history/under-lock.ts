import type { PoolClient } from 'pg';
import type { Database } from '../database/database.module';

/** Work on how `fix` is split, in a transaction: of all processes that use a schema, one at a time. */
export async function underLock(database: Database, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`fix days of ${database.schema}`]);
    await work(client);
    await client.query('commit');
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw failure;
  } finally {
    // After a failure the connection is closed, which rolls back whatever it had begun.
    client.release(failure);
  }
}
