import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ClaimBook } from './claim-book';
import { CorrectionBook } from './correction-book';

const everyMs = 10 * 60_000;

/** Deletes the ids of tablets that nothing needs any more. Every process does: twice does no harm. */
@Injectable()
export class Forgetting implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger('Assets');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly claims: ClaimBook,
    private readonly corrections: CorrectionBook,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.forget().catch((error: unknown) => this.#log.warn(`Tablets not forgotten yet: ${String(error)}`));
    }, everyMs);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async forget(): Promise<void> {
    await this.claims.forgetEnded();
    await this.corrections.forgetTablets();
  }
}
