import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { photoBytesMax } from './photos/photos';

/** 100,000 rows of ordinary length. */
const csvBytesMax = 32 * 1024 * 1024;

/** Files arrive as their bytes: what they are is found out from all of them. */
@Injectable()
export class FileBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    const server: FastifyInstance = this.host.httpAdapter.getInstance();
    const take = (type: string | RegExp, bodyLimit: number): void => {
      server.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
    };
    take('text/csv', csvBytesMax);
    take(/^image\//, photoBytesMax);
  }
}
