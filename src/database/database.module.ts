import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { errorCode, reasonOf, StartError } from '../config/start-error';
import type { DatabaseKind } from './database-kind';
import { type Migrated, migrate } from './migrate';
import type { Tables } from './tables';

const startTimeoutMs = 30_000;

/** The connection pool, and kysely on top of it. COPY and listeners take a client of the pool. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  readonly pool: Pool;
  readonly kysely: Kysely<Tables>;
  readonly schema: string;
  readonly #log = new Logger('Database');
  readonly #url: string;
  #kind: DatabaseKind | null = null;

  constructor(@Inject(CONFIG) config: Config) {
    if (config.databaseUrl === undefined) {
      throw new Error('DATABASE_URL is not set and no embedded PostgreSQL was started');
    }
    this.#url = config.databaseUrl;
    this.schema = config.databaseSchema;
    this.pool = new Pool({
      connectionString: config.databaseUrl,
      max: 10,
      connectionTimeoutMillis: 5_000,
      options: `-c search_path=${config.databaseSchema},public`,
    });
    // An idle client that loses its server says so here; the pool makes a new one.
    this.pool.on('error', (error) => this.#log.warn(`PostgreSQL connection lost: ${error.message}`));
    // One that loses it while in use says so here as well as in its query; unheard, the process would end.
    this.pool.on('connect', (client) => void client.on('error', () => undefined));
    this.kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.pool }) });
  }

  /** TimescaleDB or plain PostgreSQL; known once the module has started. */
  get kind(): DatabaseKind {
    if (this.#kind === null) throw new Error('The kind of database is not known before the migrations have run');
    return this.#kind;
  }

  /** Runs the migrations: modules that need their tables at their own start find them there. */
  async onModuleInit(): Promise<void> {
    const { kind, reason, applied } = await this.#migrate();
    this.#kind = kind;
    this.#log.log(`${reason}; ${applied.length === 0 ? 'up to date' : `migrated: ${applied.join(', ')}`}`);
  }

  /** A server that is just starting, or restarting, is waited for. */
  async #migrate(): Promise<Migrated> {
    const until = performance.now() + startTimeoutMs;
    for (;;) {
      try {
        return await migrate(this.#url, this.schema);
      } catch (error) {
        if (isAway(error) && performance.now() < until) await wait(200);
        else if (isAway(error) || isShut(error)) throw new StartError(this.#closed(error));
        else throw error;
      }
    }
  }

  #closed(error: unknown): string {
    const { host, pathname } = new URL(this.#url);
    return `The database at ${host}${pathname} cannot be used: ${reasonOf(error)}. DATABASE_URL says where it is.`;
  }

  /** Last of all: after every module has drained. */
  async onApplicationShutdown(): Promise<void> {
    await this.kysely.destroy();
  }
}

/** A name nobody knows, a wrong password, a database that is not there (SQLSTATE 28xxx, 3Dxxx). */
const isShut = (error: unknown): boolean => /^(ENOTFOUND|EAI_|EHOST|ENET|28|3D)/.test(errorCode(error) ?? '');

/** Refused, cut or timed out connections, and a server that is starting or stopping (SQLSTATE 57P0x). */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^(ECONN|ETIMEDOUT|EPIPE|57P0|08)/.test(errorCode(error) ?? '') ||
    /connection (terminated|timeout)|timeout expired/i.test(error.message)
  );
}

@Module({ providers: [Database], exports: [Database] })
export class DatabaseModule {}
