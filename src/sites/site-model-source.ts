import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Config } from '../config/config';
import { askThread } from '../config/thread';
import { buildSiteModel, type Calibration, type Site, type SiteModel } from '../core';
import { readCurrentCalibration, readVersions } from './calibration-store';
import { type ReferenceTag, readReferenceTags } from './reference-tags';
import { loadSite, SiteFileError } from './site-files';
import type { Fault } from './read-plan';

/** A calibration as it is in use. */
export interface InUse {
  readonly calibration: Calibration | null;
  /** Null: not one of those kept. */
  readonly version: number | null;
  readonly model: SiteModel;
}

/**
 * The site this process serves: its plan, read once at start, and the calibration in use with the engine's model of
 * both, which change while it runs.
 */
export class SiteModelSource {
  #inUse: InUse;

  private constructor(
    readonly site: Site,
    readonly references: readonly ReferenceTag[],
    private readonly config: Pick<Config, 'siteDir' | 'dataDir'>,
    inUse: InUse,
  ) {
    this.#inUse = inUse;
  }

  /** A calibration in the data directory goes before one beside the plan. @throws SiteFileError */
  static async load(config: Pick<Config, 'siteDir' | 'dataDir'>): Promise<SiteModelSource> {
    const { site } = await loadSite(config.siteDir);
    const read = await readInUse(config, site);
    const model = buildSiteModel(site, read.calibration);
    const log = new Logger('Sites');
    for (const warning of model.warnings) log.warn(warning);
    const units = site.levels.reduce((sum, level) => sum + level.units.length, 0);
    log.log(
      `${site.name}: ${site.levels.length} levels, ${units} units, ${site.gatewayById.size} gateways, ` +
        (read.calibration === null
          ? 'no calibration (default radio model)'
          : `calibrated, ${read.calibration.gateways.length} gateways`),
    );
    return new SiteModelSource(site, await readReferenceTags(config.siteDir, site), config, { ...read, model });
  }

  get calibration(): Calibration | null {
    return this.#inUse.calibration;
  }

  get version(): number | null {
    return this.#inUse.version;
  }

  get model(): SiteModel {
    return this.#inUse.model;
  }

  /**
   * Takes up the version that is now in use, if that is another one: its model is built in a thread of its own, and what
   * goes on meanwhile goes on with the model before. Resolves with whether anything changed.
   */
  async refresh(): Promise<boolean> {
    const { current } = await readVersions(this.config.dataDir, this.site.id);
    if (current === this.version) return false;
    const read = await readInUse(this.config, this.site);
    const question = { site: this.site, calibration: read.calibration };
    const built = (await askThread(join(__dirname, 'model.worker'), question)) as SiteModel;
    this.#inUse = { ...read, model: ofSite(built, this.site) };
    return true;
  }
}

async function readInUse(config: Pick<Config, 'siteDir' | 'dataDir'>, site: Site): Promise<Omit<InUse, 'model'>> {
  const faults: Fault[] = [];
  const { current } = await readVersions(config.dataDir, site.id);
  const own = await readCurrentCalibration(config.dataDir, site.id, faults);
  if (faults.length > 0) throw new SiteFileError(config.siteDir, faults);
  return { calibration: own ?? (await loadSite(config.siteDir)).calibration, version: current };
}

/** A model that came from another thread speaks of copies of the site: of the site itself again. */
function ofSite(model: SiteModel, site: Site): SiteModel {
  return {
    ...model,
    site,
    levels: model.levels.map((own) => ({ ...own, level: site.levelById.get(own.level.id) ?? own.level })),
    gateways: model.gateways.map((gateway) => site.gatewayById.get(gateway.id) ?? gateway),
  };
}
