import 'reflect-metadata';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface';
import { NestFactory } from '@nestjs/core';
import { register } from 'prom-client';
import { AppModule } from '../../app.module';
import { goOnUnheard } from '../../config/closed-output';
import type { Config } from '../../config/config';
import { reasonOf } from '../../config/start-error';
import { Logger } from '../../http/logger';

/** What `start` says to a process that tracks for it. */
export type Order =
  { readonly say: 'begin'; readonly config: Config } | { readonly say: 'metrics' } | { readonly say: 'end' };

/** Longest an orderly end may take, ms: whoever takes the shards over waits for the leases no longer than that. */
const endWithinMs = 10_000;

let stop: (() => Promise<void>) | null = null;

async function begin(config: Config): Promise<void> {
  const options = Object.assign(new NestApplicationContextOptions(), {
    logger: new Logger(config.logLevel, config.logFormat),
    abortOnError: false,
  });
  const app = await NestFactory.createApplicationContext(AppModule.for(config), options);
  stop = () => app.close();
  process.send?.({ said: 'begun' });
}

async function end(): Promise<void> {
  setTimeout(() => process.exit(1), endWithinMs).unref();
  await stop?.();
  process.exit(0);
}

function fail(error: unknown): void {
  process.stderr.write(`Tracking: ${reasonOf(error)}\n`);
  process.exit(1);
}

async function obey(order: Order): Promise<void> {
  if (order.say === 'begin') await begin(order.config);
  else if (order.say === 'end') await end();
  else process.send?.({ said: 'metrics', metrics: await register.getMetricsAsJSON() });
}

goOnUnheard();
process.on('message', (order: Order) => void obey(order).catch(fail));
// Ctrl-C reaches every process of the terminal: whoever started us says when to end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void end().catch(fail));
process.on('disconnect', () => void end().catch(fail));
