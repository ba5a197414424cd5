import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { SitesModule } from '../sites/sites.module';
import { OperationsController } from './operations.controller';
import { OperationsReader } from './operations-reader';

/** How the service runs, for those who keep it running. */
@Module({ imports: [RedisModule, SitesModule], controllers: [OperationsController], providers: [OperationsReader] })
export class OperationsModule {}
