import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** 100,000 rows of ordinary length. */
const fileBytesMax = 32 * 1024 * 1024;

/** A CSV file arrives as its bytes: how it is encoded is found out from all of them. */
@Injectable()
export class CsvBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    server.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: fileBytesMax }, (_request, body, done) => {
      done(null, body);
    });
  }
}
