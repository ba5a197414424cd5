import { Logger } from '@nestjs/common';
import type { Config } from '../config/config';
import { buildSiteModel, type Calibration, type Site, type SiteModel } from '../core';
import { readCurrentCalibration } from './calibration-store';
import { loadSite, SiteFileError } from './site-files';
import type { Fault } from './read-plan';

/** The site this process serves, read once at start: its plan, its calibration, and the engine's model of both. */
export class SiteModelSource {
  private constructor(
    readonly site: Site,
    readonly calibration: Calibration | null,
    readonly model: SiteModel,
  ) {}

  /** A calibration in the data directory goes before one beside the plan. @throws SiteFileError */
  static async load(config: Pick<Config, 'siteDir' | 'dataDir'>): Promise<SiteModelSource> {
    const { site, calibration: beside } = await loadSite(config.siteDir);
    const faults: Fault[] = [];
    const own = await readCurrentCalibration(config.dataDir, site.id, faults);
    if (faults.length > 0) throw new SiteFileError(config.siteDir, faults);
    const calibration = own ?? beside;
    const model = buildSiteModel(site, calibration);
    const log = new Logger('Sites');
    for (const warning of model.warnings) log.warn(warning);
    const units = site.levels.reduce((sum, level) => sum + level.units.length, 0);
    log.log(
      `${site.name}: ${site.levels.length} levels, ${units} units, ${site.gatewayById.size} gateways, ` +
        (calibration === null
          ? 'no calibration (default radio model)'
          : `calibrated, ${calibration.gateways.length} gateways`),
    );
    return new SiteModelSource(site, calibration, model);
  }
}
