import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module';
import { Trail } from './trail';

/** The questions asked of history. */
@Module({ imports: [DatabaseModule], providers: [Trail], exports: [Trail] })
export class HistoryModule {}
