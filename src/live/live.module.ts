import { Module } from '@nestjs/common';
import { MovesModule } from '../moves/moves.module';
import { RedisModule } from '../redis/redis.module';
import { SitesModule } from '../sites/sites.module';
import { LevelSocket } from './level.socket';
import { LiveMoves } from './live-moves';

/** Moves → browsers. */
@Module({ imports: [RedisModule, SitesModule, MovesModule], providers: [LiveMoves, LevelSocket] })
export class LiveModule {}
