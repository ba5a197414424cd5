import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseKind } from './database-kind';

export interface Migration {
  /** File name without `.sql`: `0001_history.plain`. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  /** Runs outside a transaction, statement by statement: an index is built while others write. */
  readonly isConcurrent: boolean;
}

const pattern = /^\d{4}_[a-z0-9-]+(?:\.(plain|timescale|concurrently))?\.sql$/;

/** The migrations for one kind of database, in order: files without a kind, and those that name this one. */
export function readMigrations(directory: string, kind: DatabaseKind): Migration[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .flatMap((file) => {
      const match = pattern.exec(file);
      if (match === null) throw new Error(`Unexpected name of a migration: ${file}; expected NNNN_what.sql`);
      const isConcurrent = match[1] === 'concurrently';
      const only = isConcurrent ? undefined : match[1];
      if (only !== undefined && only !== kind) return [];
      const sql = readFileSync(join(directory, file), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return [{ name: file.slice(0, -'.sql'.length), sql, checksum, isConcurrent }];
    });
}

/** `migrations/` of this project, from `src` and from `dist` alike. */
export function migrationsDirectory(): string {
  for (let at = __dirname; ; at = dirname(at)) {
    const found = join(at, 'migrations');
    if (existsSync(found) && existsSync(join(at, 'package.json'))) return found;
    if (at === dirname(at)) throw new Error(`There is no migrations directory above ${__dirname}`);
  }
}
