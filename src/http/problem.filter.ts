import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodValidationException } from 'nestjs-zod';
import { ZodError } from 'zod';

/** An error as RFC 9457 has it. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly reason: string }[];
  /** What else a machine may want to know of it. */
  readonly [extension: string]: unknown;
}

/** Answers every error with a problem document. What the service did not expect is logged and kept from the client. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500 && problem.status !== 503) {
      const { method, url, id } = http.getRequest<FastifyRequest>();
      // What was searched for stays out of the log.
      const [path = ''] = url.split('?');
      this.#log.error(
        `${id} ${method} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ZodValidationException) return invalid(error.getZodError());
  const status = statusOf(error);
  const head = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status } as const;
  // A server error that is no HttpException was not written for the client's eyes.
  if (status >= 500 && !(error instanceof HttpException)) return head;
  return { ...extensionOf(error), ...head, detail: detailOf(error) };
}

function invalid(error: unknown): Problem {
  const issues = error instanceof ZodError ? error.issues : [];
  const errors = issues.map(({ path, message }) => ({ path: path.join('.'), reason: message }));
  const detail = errors.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ');
  return { type: 'about:blank', title: 'Bad Request', status: 400, detail, errors };
}

/** Whatever a thrown exception's answer has besides its sentence. */
function extensionOf(error: unknown): Record<string, unknown> {
  const body: unknown = error instanceof HttpException ? error.getResponse() : null;
  if (typeof body !== 'object' || body === null) return {};
  const { message: _message, error: _error, statusCode: _statusCode, ...extension } = body as Record<string, unknown>;
  return extension;
}

/** Fastify's own errors (a body too large, no JSON) carry the status they mean. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const carried = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof carried === 'number' && carried >= 400 && carried < 600 ? carried : 500;
}

function detailOf(error: unknown): string {
  const body: unknown = error instanceof HttpException ? error.getResponse() : null;
  if (typeof body === 'object' && body !== null && 'message' in body) {
    const { message } = body;
    if (Array.isArray(message)) return message.join('; ');
    if (typeof message === 'string') return message;
  }
  return error instanceof Error ? error.message : String(error);
}
