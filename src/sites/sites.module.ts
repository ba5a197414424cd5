import { Module } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { RedisModule } from '../redis/redis.module';
import { CalibrationFollower } from './calibration-follower';
import { KnownGateways } from './known-gateways';
import { SiteModelSource } from './site-model-source';
import { SitesController } from './sites.controller';

/** The site as the process reads it at start, with the calibration in use. */
@Module({
  imports: [RedisModule],
  controllers: [SitesController],
  providers: [
    { provide: SiteModelSource, useFactory: (config: Config) => SiteModelSource.load(config), inject: [CONFIG] },
    KnownGateways,
    CalibrationFollower,
  ],
  exports: [SiteModelSource],
})
export class SitesModule {}
