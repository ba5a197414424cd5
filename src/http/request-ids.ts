import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const header = 'x-request-id';
/** What a proxy may have called it; anything else might be made to look like a line of the log. */
const plain = /^[\w.-]{1,64}$/;

/** The id a request came with, when it is one, or a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[header];
  return typeof given === 'string' && plain.test(given) ? given : randomUUID();
}

/** Every answer says the id by which the log knows its request. */
export function tellRequestIds(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header(header, request.id);
  });
}
