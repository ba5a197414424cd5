import { type DynamicModule, Module } from '@nestjs/common';
import type { Role } from '../config/config';
import { DatabaseModule } from '../database/database.module';
import { RedisModule } from '../redis/redis.module';
import { AWAITED_DOORS, type AwaitedDoors } from './awaited';
import { HealthReports } from './health-reports';
import { HealthServer } from './health-server';
import { ReportWriter } from './report-writer';

/** Liveness, readiness, lag and metrics of this process. */
@Module({})
export class HealthModule {
  /** Looks at the database only where a role uses it. */
  static for(roles: readonly Role[], awaited: AwaitedDoors): DynamicModule {
    const usesDatabase = roles.includes('record') || roles.includes('serve');
    return {
      module: HealthModule,
      imports: usesDatabase ? [RedisModule, DatabaseModule] : [RedisModule],
      providers: [{ provide: AWAITED_DOORS, useValue: awaited }, HealthReports, HealthServer, ReportWriter],
      exports: [HealthServer],
    };
  }
}
