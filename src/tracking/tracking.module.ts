import { Module } from '@nestjs/common';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { RedisConnections, RedisModule } from '../redis/redis.module';
import { SiteModelSource } from '../sites/site-model-source';
import { SitesModule } from '../sites/sites.module';
import { Tracker } from './tracker';

/** Role `track`: sightings → moves. */
@Module({
  imports: [RedisModule, SitesModule],
  providers: [
    {
      provide: Tracker,
      useFactory: (redis: RedisConnections, config: Config, site: SiteModelSource) => new Tracker(redis, config, site),
      inject: [RedisConnections, CONFIG, SiteModelSource],
    },
  ],
  exports: [Tracker],
})
export class TrackingModule {}
