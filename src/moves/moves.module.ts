import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { MoveFeed } from './move-feed';

/** What tracking announces, read once a process. */
@Module({ imports: [RedisModule], providers: [MoveFeed], exports: [MoveFeed] })
export class MovesModule {}
