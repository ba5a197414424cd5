import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module';
import { RedisModule } from '../redis/redis.module';
import { Recorder } from './recorder';

/** Role `record`: moves → database. */
@Module({ imports: [DatabaseModule, RedisModule], providers: [Recorder], exports: [Recorder] })
export class RecorderModule {}
