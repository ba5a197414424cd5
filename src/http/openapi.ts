import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { cleanupOpenApiDoc } from 'nestjs-zod';

/** Serves the description of the HTTP interface, made from the same schemas that validate it. */
export function serveOpenApi(app: INestApplication, server: FastifyInstance, version: string): void {
  let document: OpenAPIObject | null = null;
  server.get('/api/openapi.json', () => (document ??= describe(app, version)));
}

function describe(app: INestApplication, version: string): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Whereabouts')
    .setDescription('Where equipment is, now, and how sure. Errors are RFC 9457 problem documents.')
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  return cleanupOpenApiDoc(SwaggerModule.createDocument(app, head));
}
