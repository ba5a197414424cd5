import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { StartError } from '../config/start-error';
import type { AvailabilityRules } from '../core';
import { Database } from '../database/database.module';
import { RedisConnections } from '../redis/redis.module';
import { SiteModelSource } from '../sites/site-model-source';
import { type AvailabilityFile, availabilityFile } from './availability-file';
import { layRules, RulesError, type RuleSet, shippedFile, shippedRules } from './compile-rules';

const fileName = 'availability.json';

/** The rules of this moment, of each kind. */
export interface RulesNow {
  of(kind: string): AvailabilityRules;
}

/** For where no site says otherwise. */
export const rulesAsShipped: RulesNow = { of: (kind) => shippedRules.byKind.get(kind) ?? shippedRules.general };

/**
 * The rules that come along, over them the site's file, over it what an administrator changed, which the database keeps
 * for every process. A change is told by a Redis channel; who lost Redis reads it again.
 */
@Injectable()
export class RuleBook implements RulesNow {
  readonly #log = new Logger('Assets');
  #siteFile: AvailabilityFile = {};
  #changes: AvailabilityFile = {};
  #changedAt: number | null = null;
  #rules: RuleSet = shippedRules;
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly redis: RedisConnections,
    private readonly source: SiteModelSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'siteDir'>,
  ) {}

  /** Reads all and listens for changes. @throws StartError when the site's file is wrong */
  async start(): Promise<void> {
    this.#siteFile = await this.#readSiteFile();
    const changes = this.redis.connect();
    const read = (): void => {
      this.#read().catch((error: unknown) => this.#log.warn(`Availability rules not read again: ${String(error)}`));
    };
    changes.on('message', read);
    await changes.subscribe(this.redis.keys.availabilityRulesChanged);
    await this.#read();
    this.redis.onRenewed(changes, read);
  }

  /** Called after the rules have changed. */
  onChanged(listener: () => void): void {
    this.#listeners.push(listener);
  }

  of(kind: string): AvailabilityRules {
    return this.#rules.byKind.get(kind) ?? this.#rules.general;
  }

  get now(): { changes: AvailabilityFile; changedAt: number | null; rules: RuleSet['written'] } {
    return { changes: this.#changes, changedAt: this.#changedAt, rules: this.#rules.written };
  }

  /** Puts changes in place of those made before. @throws RulesError when they do not fit the rules they change */
  async change(changes: AvailabilityFile): Promise<void> {
    layRules(shippedFile, this.#siteFile, changes);
    await this.database.kysely
      .insertInto('availability_rules')
      .values({ site_id: this.source.site.id, rules: JSON.stringify(changes) })
      .onConflict((conflict) =>
        conflict.column('site_id').doUpdateSet({ rules: JSON.stringify(changes), changed_at: sql`now()` }),
      )
      .execute();
    await this.#read();
    const { commands, keys } = this.redis;
    await commands.publish(keys.availabilityRulesChanged, 'rules').catch((error: unknown) => {
      this.#log.warn(`Change of the availability rules not told: ${String(error)}`);
    });
  }

  async #read(): Promise<void> {
    const row = await this.database.kysely
      .selectFrom('availability_rules')
      .selectAll()
      .where('site_id', '=', this.source.site.id)
      .executeTakeFirst();
    const changes = availabilityFile.safeParse(row?.rules ?? {});
    try {
      if (!changes.success) throw new RulesError(z.prettifyError(changes.error));
      this.#rules = layRules(shippedFile, this.#siteFile, changes.data);
      this.#changes = changes.data;
      this.#changedAt = row?.changed_at.getTime() ?? null;
    } catch (error) {
      if (!(error instanceof RulesError)) throw error;
      // Written by another version of the program: the rules without them go on holding.
      this.#log.error(`Changed availability rules do not fit and are left aside: ${error.message}`);
      this.#rules = layRules(shippedFile, this.#siteFile);
    }
    this.#listeners.forEach((listener) => listener());
  }

  async #readSiteFile(): Promise<AvailabilityFile> {
    const path = join(this.config.siteDir, fileName);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    }
    try {
      const file = availabilityFile.parse(JSON.parse(text));
      layRules(shippedFile, file);
      return file;
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new StartError(`${path} cannot be used: ${why}`);
    }
  }
}
