import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from 'kysely';
import { Database } from '../../database/database.module';
import type { Tables } from '../../database/tables';
import { SiteModelSource } from '../../sites/site-model-source';
import type { NewAsset } from '../asset';
import { AssetsRepository } from '../assets.repository';
import { chunks } from '../chunks';
import { Registry } from '../registry';
import { followedTags, putOnFree } from '../tag-assignments';
import { SiteNames } from './names';
import { type Existing, type ImportPlan, planImport } from './plan-import';
import type { CsvRow } from './read-rows';

const rowsAtOnce = 1_000;

/** Brings rows of a file into the registry: all of them in one transaction, or none. */
@Injectable()
export class AssetImporter {
  readonly #names: SiteNames;
  readonly #siteId: string;

  constructor(
    private readonly database: Database,
    private readonly assets: AssetsRepository,
    private readonly registry: Registry,
    source: SiteModelSource,
  ) {
    this.#names = new SiteNames(source.site);
    this.#siteId = source.site.id;
  }

  /** What importing these rows would do now. Changes nothing. */
  async plan(rows: readonly CsvRow[]): Promise<ImportPlan> {
    return this.database.kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => planImport(rows, await this.#existing(trx), this.#names));
  }

  /** Does it, unless a row is refused: then nothing is changed. @returns what was done, or why not */
  async import(rows: readonly CsvRow[]): Promise<ImportPlan> {
    const plan = await this.database.kysely.transaction().execute(async (trx) => {
      // Nobody changes the registry between the reading and the writing; reading goes on.
      await sql`lock table asset, tag_assignment in share row exclusive mode`.execute(trx);
      const planned = planImport(rows, await this.#existing(trx), this.#names);
      if (planned.refused.length === 0) await this.#write(trx, planned);
      return planned;
    });
    const hasChanged = plan.refused.length === 0 && plan.created.length + plan.changed.length > 0;
    if (hasChanged) await this.registry.announceAll();
    return plan;
  }

  async #existing(trx: Transaction<Tables>): Promise<Existing> {
    const retired = await trx
      .selectFrom('asset')
      .select('id')
      .where('site_id', '=', this.#siteId)
      .where('retired_at', 'is not', null)
      .execute();
    const tags = await followedTags(trx, this.#siteId);
    return {
      assets: await this.assets.load(undefined, trx),
      retiredIds: new Set(retired.map(({ id }) => id)),
      tagClasses: new Map(tags.map((tag) => [tag.tagId, tag.class])),
    };
  }

  async #write(trx: Transaction<Tables>, { created, changed }: ImportPlan): Promise<void> {
    for (const some of chunks([...created, ...changed.map(({ asset }) => asset)], rowsAtOnce)) {
      await this.assets.put(trx, some);
    }
    const retagged = changed.flatMap(({ asset, tagsChanged }) => (tagsChanged ? [asset] : []));
    // All off before any goes on: tags may change places.
    for (const some of chunks(retagged, rowsAtOnce)) await this.#takeAllOff(trx, some);
    const wanted = [...created, ...retagged].flatMap(({ id, tagIds }) =>
      tagIds.map((tagId, ordinal) => ({ assetId: id, tagId, ordinal })),
    );
    for (const some of chunks(wanted, rowsAtOnce)) {
      const put = await putOnFree(trx, this.#siteId, some);
      const left = some.find(({ tagId }) => !put.has(tagId));
      if (left !== undefined) throw new Error(`Tag ${left.tagId} was planned for ${left.assetId} and is not free`);
    }
  }

  async #takeAllOff(trx: Transaction<Tables>, assets: readonly NewAsset[]): Promise<void> {
    const ids = assets.map(({ id }) => id);
    await trx.deleteFrom('tag_assignment').where('site_id', '=', this.#siteId).where('asset_id', 'in', ids).execute();
  }
}
