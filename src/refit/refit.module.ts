import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { SitesModule } from '../sites/sites.module';
import { CalibrationController } from './calibration.controller';
import { Refitter } from './refitter';

/** The radio model, fitted anew without anyone's help. */
@Module({ imports: [RedisModule, SitesModule], controllers: [CalibrationController], providers: [Refitter] })
export class RefitModule {}
