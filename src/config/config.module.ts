import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config';

/** Injection token of the settings. */
export const CONFIG = Symbol('Config');

/** Gives every module the settings the process was started with. */
@Module({})
export class ConfigModule {
  static with(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
