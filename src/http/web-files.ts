import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Paths that are never a screen of the app. */
const notScreens = /^\/(api|socket\.io|assets)(\/|$)/;

/**
 * Serves the built web app. Files with a hash in their name are kept by browsers for ever, the page itself is asked
 * for each time. A path that is no file is a screen of the app: it gets the page.
 */
export async function serveWeb(app: NestFastifyApplication, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forEver = path.includes(`${sep}assets${sep}`);
      void reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  server.get('/*', async (request, reply) => {
    const [path = '/'] = request.url.split('?');
    const isScreen = !notScreens.test(path) && (request.headers.accept ?? '').includes('text/html');
    if (isScreen) return reply.sendFile('index.html');
    reply.callNotFound();
    return reply;
  });
}
