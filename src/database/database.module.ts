import { Inject, Injectable, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import type { Tables } from './tables';

/** The connection pool, and kysely on top of it. COPY and listeners take a client of the pool. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly pool: Pool;
  readonly kysely: Kysely<Tables>;
  readonly schema: string;
  readonly #log = new Logger('Database');

  constructor(@Inject(CONFIG) config: Config) {
    if (config.databaseUrl === undefined) {
      throw new Error('DATABASE_URL is not set and no embedded PostgreSQL was started');
    }
    this.schema = config.databaseSchema;
    this.pool = new Pool({
      connectionString: config.databaseUrl,
      max: 10,
      connectionTimeoutMillis: 5_000,
      options: `-c search_path=${config.databaseSchema},public`,
    });
    // An idle client that loses its server says so here; the pool makes a new one.
    this.pool.on('error', (error) => this.#log.warn(`PostgreSQL connection lost: ${error.message}`));
    this.kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.pool }) });
  }

  /** Last of all: after every module has drained. */
  async onApplicationShutdown(): Promise<void> {
    await this.kysely.destroy();
  }
}

@Module({ providers: [Database], exports: [Database] })
export class DatabaseModule {}
