import type { ClientBase } from 'pg';

/** TimescaleDB with its full licence, or plain PostgreSQL; an Apache-only TimescaleDB counts as plain. */
export type DatabaseKind = 'timescale' | 'plain';

export interface KindFound {
  readonly kind: DatabaseKind;
  /** One sentence for the log. */
  readonly reason: string;
}

/** What a database that holds nothing of ours yet can be, installing the extension when it is there to install. */
export async function findKind(client: ClientBase): Promise<KindFound> {
  const available = await client.query<{ installed_version: string | null }>(
    `select installed_version from pg_available_extensions where name = 'timescaledb'`,
  );
  const [extension] = available.rows;
  if (extension === undefined) {
    return { kind: 'plain', reason: 'Plain PostgreSQL: TimescaleDB is not installed on this server' };
  }
  const wasThere = extension.installed_version !== null;
  const refusal = wasThere ? null : await createExtension(client);
  if (refusal !== null) {
    return { kind: 'plain', reason: `Plain PostgreSQL: TimescaleDB is there but cannot be used (${refusal})` };
  }
  if ((await licenceOf(client)) === 'timescale') return { kind: 'timescale', reason: 'TimescaleDB' };
  if (!wasThere) await client.query('drop extension timescaledb');
  return {
    kind: 'plain',
    reason: 'Plain PostgreSQL: this TimescaleDB is an Apache-only build, without columnstore, aggregates or retention',
  };
}

async function createExtension(client: ClientBase): Promise<string | null> {
  try {
    await client.query('create extension if not exists timescaledb with schema public');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function licenceOf(client: ClientBase): Promise<string | null> {
  const licence = await client.query<{ licence: string | null }>(
    `select current_setting('timescaledb.license', true) as licence`,
  );
  return licence.rows[0]?.licence ?? null;
}
