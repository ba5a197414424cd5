import { isatty } from 'node:tty';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';

/** Least to most talkative; a level includes those before it. */
const levels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** Nest lists every module and route at start; that is wanted when looking for a fault only. */
const talkative = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

export class Logger extends ConsoleLogger {
  readonly #all: boolean;

  /** @param format `json`: one object a line, for machines */
  constructor(level: LogLevel, format: 'text' | 'json' = 'text') {
    const isJson = format === 'json';
    super({ logLevels: levels.slice(0, levels.indexOf(level) + 1), json: isJson, colors: !isJson && isatty(1) });
    this.#all = level === 'debug' || level === 'verbose';
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (!this.#all && typeof context === 'string' && talkative.has(context)) return;
    super.log(message, ...rest);
  }

  /** A failed start is told to the operator by whoever started it, in one sentence. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (!this.#all && rest.at(-1) === 'ExceptionHandler') return;
    super.error(message, ...rest);
  }

  /** The process id is on every line of a journal already. */
  protected override formatPid(): string {
    return '';
  }

  /** UTC, sortable. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }
}
