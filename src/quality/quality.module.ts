import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { SitesModule } from '../sites/sites.module';
import { QualityController } from './quality.controller';
import { QualitySampler } from './quality-sampler';

/** How well tags are located, as live operation shows it. */
@Module({
  imports: [RedisModule, SitesModule],
  controllers: [QualityController],
  providers: [QualitySampler],
  exports: [QualitySampler],
})
export class QualityModule {}
