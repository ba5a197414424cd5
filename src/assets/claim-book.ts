import { Injectable } from '@nestjs/common';
import { type Kysely, sql, type Transaction } from 'kysely';
import { Database } from '../database/database.module';
import type { Tables } from '../database/tables';
import type { Claim } from '../live/protocol';
import { SiteModelSource } from '../sites/site-model-source';

/** How long somebody has to get there. */
const claimFor = sql`interval '10 minutes'`;

type Claimed = { readonly taken: boolean; readonly claim: Claim } | 'no-such-asset';

/** Who is on the way to which asset. The row's primary key decides who was first; the clock is the database's. */
@Injectable()
export class ClaimBook {
  readonly #db: Kysely<Tables>;
  readonly #siteId: string;

  constructor(database: Database, source: SiteModelSource) {
    this.#db = database.kysely;
    this.#siteId = source.site.id;
  }

  /** One statement takes it, if nobody else holds it; the holder who asks again keeps the claim as it is. */
  async take(assetId: string, tablet: string): Promise<Claimed> {
    const { rows } = await sql<{ tablet: string; claimed_at: Date; until: Date }>`
      insert into claim as held (site_id, asset_id, tablet, claimed_at, until)
      select site_id, id, ${tablet}, now(), now() + ${claimFor} from asset
      where site_id = ${this.#siteId} and id = ${assetId} and retired_at is null
      on conflict (site_id, asset_id) do update set
        tablet = case when held.until <= now() then excluded.tablet else held.tablet end,
        claimed_at = case when held.until <= now() then excluded.claimed_at else held.claimed_at end,
        until = case when held.until <= now() then excluded.until else held.until end
      returning tablet, claimed_at, until`.execute(this.#db);
    const [row] = rows;
    if (row === undefined) return 'no-such-asset';
    const claim = { by: row.tablet, at: row.claimed_at.getTime(), until: row.until.getTime() };
    return { taken: row.tablet === tablet, claim };
  }

  /** Gives a claim back; another's is left alone. */
  async release(assetId: string, tablet: string, db: Kysely<Tables> | Transaction<Tables> = this.#db): Promise<void> {
    await db
      .deleteFrom('claim')
      .where('site_id', '=', this.#siteId)
      .where('asset_id', '=', assetId)
      .where('tablet', '=', tablet)
      .execute();
  }

  /** Forgets claims that have run out, and with them the tablet. */
  async forgetEnded(): Promise<void> {
    await this.#db
      .deleteFrom('claim')
      .where('site_id', '=', this.#siteId)
      .where('until', '<=', sql<Date>`now()`)
      .execute();
  }
}
