import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { dropped } from '../health/dropped';
import { messages } from './ingest.metrics';
import { messageBytesMax } from './intake';

const path = /^\/api\/gateways\/[^/]+\/messages(?:\?|$)/;
const bytes = 'application/octet-stream';
const tooLarge = 413;

/**
 * The HTTP door gets bytes, not what a parser made of them: firmware says `application/json` of what is none, or says
 * nothing, and what cannot be read is to be put aside as it came.
 */
@Injectable()
export class RawBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    server.addContentTypeParser(bytes, { parseAs: 'buffer', bodyLimit: messageBytesMax }, (_request, body, done) => {
      done(null, body);
    });
    server.addHook('onRequest', (request, _reply, done) => {
      if (request.method === 'POST' && path.test(request.url)) request.headers['content-type'] = bytes;
      done();
    });
    // Fastify answers these itself, before anybody here sees them.
    server.addHook('onResponse', (request, reply, done) => {
      if (reply.statusCode === tooLarge && path.test(request.url)) {
        dropped.inc({ step: 'door', reason: 'too-large' });
        messages.inc({ door: 'http', format: 'unknown', outcome: 'dropped' });
      }
      done();
    });
  }
}
