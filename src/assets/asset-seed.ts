import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { SiteModelSource } from '../sites/site-model-source';
import { readAssetFile } from './asset-file';
import { AssetsRepository } from './assets.repository';

/** Enters the assets of the site's own file that were never entered before. Edits made since are left alone. */
@Injectable()
export class AssetSeed {
  readonly #log = new Logger('Assets');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly source: SiteModelSource,
    private readonly assets: AssetsRepository,
  ) {}

  async enter(): Promise<void> {
    const { assets, refused } = await readAssetFile(this.config.siteDir, this.source.site);
    for (const fault of refused) this.#log.warn(`Refused: ${fault}`);
    const { added, tagsTaken } = await this.assets.seed(assets);
    for (const tagId of tagsTaken) this.#log.warn(`Tag ${tagId} is in use already: the asset was entered without it`);
    if (added > 0) this.#log.log(`Entered ${added} assets from assets.json`);
  }
}
