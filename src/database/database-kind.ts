import type { ClientBase } from 'pg';

/** TimescaleDB with its full licence, or plain PostgreSQL; an Apache-only TimescaleDB counts as plain. */
export type DatabaseKind = 'timescale' | 'plain';

export interface KindFound {
  readonly kind: DatabaseKind;
  /** One sentence for the log. */
  readonly reason: string;
}

/** The database cannot be used; the message says why and what to do. */
export class UnfitDatabaseError extends Error {
  override name = 'UnfitDatabaseError';
}

/** What a server says of itself. `extension`: of TimescaleDB, null when it is not installed in this database. */
export interface Server {
  readonly version: string;
  readonly versionNumber: number;
  readonly extension: string | null;
  readonly available: string | null;
  readonly licence: string | null;
}

const apacheOnly = 'an Apache-only build, without columnstore, continuous aggregates and retention policies';

/**
 * What a database can be, installing the extension when it is there to install.
 * @param made the kind its tables were made for; null when it holds nothing of ours yet
 * @throws UnfitDatabaseError
 */
export async function findKind(client: ClientBase, made: DatabaseKind | null): Promise<KindFound> {
  const server = await readServer(client);
  checkServer(server, made);
  const plain = (why: string): KindFound => ({ kind: 'plain', reason: `Plain PostgreSQL ${server.version}${why}` });
  if (made === 'plain') return plain(', as its tables were made');
  if (made === 'timescale') return timescale(server);
  if (server.available === null) return plain(': TimescaleDB is not installed on this server');
  const wasThere = server.extension !== null;
  const refusal = wasThere ? null : await createExtension(client);
  if (refusal !== null) return plain(`: TimescaleDB is there but cannot be used (${refusal})`);
  const installed = await readServer(client);
  checkServer(installed, null);
  if (installed.licence === 'timescale') return timescale(installed);
  if (!wasThere) await client.query('drop extension timescaledb');
  return plain(`: this TimescaleDB is ${apacheOnly}`);
}

/** Refuses what is too old, and a database that is no longer what its tables were made for. */
export function checkServer({ version, versionNumber, extension, licence }: Server, made: DatabaseKind | null): void {
  if (versionNumber < 150_000) {
    throw new UnfitDatabaseError(`PostgreSQL ${version} is too old: Whereabouts needs 15 or newer`);
  }
  if (made === 'plain') return;
  if (made === 'timescale' && extension === null) {
    throw new UnfitDatabaseError(
      'The tables of this database are hypertables, and TimescaleDB is not installed in it: restore the extension, ' +
        'or start with an empty DATABASE_SCHEMA',
    );
  }
  if (extension === null) return;
  if (isBefore(extension, [2, 18])) {
    throw new UnfitDatabaseError(
      `TimescaleDB ${extension} is too old: Whereabouts needs 2.18 or newer (alter extension timescaledb update)`,
    );
  }
  if (made === 'timescale' && licence !== 'timescale') {
    throw new UnfitDatabaseError(
      `The tables of this database need TimescaleDB's full licence, and this is ${apacheOnly}: ` +
        "install the community edition and set timescaledb.license = 'timescale'",
    );
  }
}

const timescale = ({ version, extension }: Server): KindFound => ({
  kind: 'timescale',
  reason: `TimescaleDB ${extension ?? ''} on PostgreSQL ${version}`,
});

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ours = 0, ourMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ours < major || (ours === major && ourMinor < minor);
}

async function readServer(client: ClientBase): Promise<Server> {
  const { rows } = await client.query<Server>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber",
            t.installed_version as extension, t.default_version as available,
            current_setting('timescaledb.license', true) as licence
     from (select 1) as one left join pg_available_extensions t on t.name = 'timescaledb'`,
  );
  const [server] = rows;
  if (server === undefined) throw new Error('The server did not say what it is');
  return server;
}

async function createExtension(client: ClientBase): Promise<string | null> {
  try {
    await client.query('create extension if not exists timescaledb with schema public');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
