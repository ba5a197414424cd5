import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ZodValidationPipe } from 'nestjs-zod';
import { AnalyticsModule } from './analytics/analytics.module';
import { AssetsModule } from './assets/assets.module';
import type { Config, Role } from './config/config';
import { ConfigModule } from './config/config.module';
import type { AwaitedDoors } from './health/awaited';
import { HealthModule } from './health/health.module';
import { HistoryModule } from './history/history.module';
import { RecorderModule } from './history/recorder.module';
import { ProblemFilter } from './http/problem.filter';
import { IngestModule } from './ingest/ingest.module';
import { LiveModule } from './live/live.module';
import { OperationsModule } from './operations/operations.module';
import { QualityModule } from './quality/quality.module';
import { RefitModule } from './refit/refit.module';
import { SitesModule } from './sites/sites.module';
import { TrackingModule } from './tracking/tracking.module';

/** What each role runs. Doors come first and sockets last: modules stop in this order. */
const modulesOf: Readonly<Record<Role, readonly Type[]>> = {
  ingest: [IngestModule],
  track: [TrackingModule],
  record: [RecorderModule],
  serve: [
    SitesModule,
    HistoryModule,
    AssetsModule,
    AnalyticsModule,
    QualityModule,
    RefitModule,
    OperationsModule,
    LiveModule,
  ],
};

/** The only file that knows every module. */
@Module({})
export class AppModule {
  /** @param awaited doors that whoever starts the process opens, and without which it is not ready */
  static for(config: Config, awaited: AwaitedDoors = new Set()): DynamicModule {
    const modules = new Set(config.roles.flatMap((role) => modulesOf[role]));
    return {
      module: AppModule,
      imports: [ConfigModule.with(config), ...modules, HealthModule.for(config.roles, awaited)],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ZodValidationPipe },
      ],
    };
  }
}
