import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module';
import { SitesModule } from '../sites/sites.module';
import { OccupancyController } from './occupancy.controller';

/** Questions about use over time. */
@Module({ imports: [HistoryModule, SitesModule], controllers: [OccupancyController] })
export class AnalyticsModule {}
