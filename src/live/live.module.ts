import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { SitesModule } from '../sites/sites.module';
import { LevelSocket } from './level.socket';
import { LiveMoves } from './live-moves';

/** Moves → browsers. */
@Module({ imports: [RedisModule, SitesModule], providers: [LiveMoves, LevelSocket] })
export class LiveModule {}
