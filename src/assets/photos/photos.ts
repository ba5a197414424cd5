import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../../database/database.module';
import { SiteModelSource } from '../../sites/site-model-source';
import { Registry } from '../registry';

export interface Photo {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly version: string;
}

/** Bytes. The app sends about a quarter of it. */
export const photoBytesMax = 1_048_576;

/** What the bytes are, whatever their sender calls them; null when no picture that is taken here. */
export function mediaTypeOf(bytes: Buffer): string | null {
  const startsWith = (...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);
  if (startsWith(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isRiff ? 'image/webp' : null;
}

/** One photograph of each asset, kept in the database. */
@Injectable()
export class Photos {
  readonly #siteId: string;

  constructor(
    private readonly database: Database,
    private readonly registry: Registry,
    source: SiteModelSource,
  ) {
    this.#siteId = source.site.id;
  }

  async put(assetId: string, mediaType: string, bytes: Buffer): Promise<void> {
    const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const photo = { media_type: mediaType, bytes, version };
    await this.database.kysely
      .insertInto('asset_photo')
      .values({ site_id: this.#siteId, asset_id: assetId, ...photo })
      .onConflict((conflict) => conflict.columns(['site_id', 'asset_id']).doUpdateSet({ ...photo, set_at: sql`now()` }))
      .execute();
    await this.registry.announce([assetId]);
  }

  async get(assetId: string): Promise<Photo | null> {
    const row = await this.database.kysely
      .selectFrom('asset_photo')
      .select(['media_type', 'bytes', 'version'])
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', assetId)
      .executeTakeFirst();
    return row === undefined ? null : { mediaType: row.media_type, bytes: row.bytes, version: row.version };
  }

  async remove(assetId: string): Promise<void> {
    await this.database.kysely
      .deleteFrom('asset_photo')
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', assetId)
      .execute();
    await this.registry.announce([assetId]);
  }
}
