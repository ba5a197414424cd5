import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module';
import { OccupancyHistory } from './occupancy';
import { Trail } from './trail';

/** The questions asked of history. */
@Module({ imports: [DatabaseModule], providers: [Trail, OccupancyHistory], exports: [Trail, OccupancyHistory] })
export class HistoryModule {}
