import 'reflect-metadata';
import { join } from 'node:path';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module';
import { goOnUnheard } from './config/closed-output';
import { type Config, loadConfig } from './config/config';
import { projectDirectory } from './config/project-directory';
import { portError, reasonOf } from './config/start-error';
import { readVersion } from './config/version';
import type { AwaitedDoors } from './health/awaited';
import { compressAnswers } from './http/compress';
import { Logger } from './http/logger';
import { serveOpenApi } from './http/openapi';
import { requestIdOf, tellRequestIds } from './http/request-ids';
import { addSecurityHeaders } from './http/security-headers';
import { SocketAdapter } from './http/socket.adapter';
import { serveWeb } from './http/web-files';

/** The largest batch a gateway may post. */
const bodyBytesMax = 2 * 1024 * 1024;

/**
 * Starts the roles in `config`, whose services must be there. The caller closes what it gets.
 * @param awaited doors the caller is about to open: until then the service is not ready
 */
export async function startApp(config: Config, awaited?: AwaitedDoors): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: bodyBytesMax, genReqId: requestIdOf });
  const options = Object.assign(new NestApplicationContextOptions(), {
    logger: new Logger(config.logLevel, config.logFormat),
    abortOnError: false,
    rawBody: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(config, awaited), adapter, options);
  const server: FastifyInstance = adapter.getInstance();
  tellRequestIds(server);
  addSecurityHeaders(server, config.mapboxToken !== undefined);
  compressAnswers(server);
  app.useWebSocketAdapter(new SocketAdapter(app));
  if (config.roles.includes('serve')) {
    serveOpenApi(app, server, readVersion());
    await serveWeb(app, join(projectDirectory(), 'dist', 'web'));
  }
  try {
    await app.init();
    await app.listen(config.port, config.host).catch((error: unknown) => {
      throw portError(error, config.host, config.port, 'PORT');
    });
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

/** Runs without embedded services: `DATABASE_URL` and `REDIS_URL` are set, as in a container. */
async function main(): Promise<void> {
  goOnUnheard();
  const app = await startApp(loadConfig(process.env));
  app.enableShutdownHooks();
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    // What was opened before it failed would keep the process alive, and whoever runs it from starting it again.
    process.exit(1);
  });
}
