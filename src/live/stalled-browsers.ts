/** A connection that can tell whether what was sent has left: engine.io's. */
export interface Connection {
  readonly transport: { readonly writable: boolean };
  on(event: 'drain' | 'close', listener: () => void): unknown;
}

/**
 * Finds browsers that have stopped reading: what is sent to them would pile up in this process without end. Time is an
 * argument, ms. A browser that goes is forgotten.
 */
export class StalledBrowsers<Browser> {
  /** Since when nothing has left; null while all has. */
  readonly #since = new Map<Browser, number | null>();
  readonly #connections = new Map<Browser, Connection>();

  constructor(private readonly patienceMs: number) {}

  watch(browser: Browser, connection: Connection): void {
    this.#connections.set(browser, connection);
    connection.on('drain', () => this.#since.delete(browser));
    connection.on('close', () => {
      this.#since.delete(browser);
      this.#connections.delete(browser);
    });
  }

  /** Those to which nothing could be sent for longer than the patience. To be asked whenever something is sent. */
  find(now: number): Browser[] {
    const stalled: Browser[] = [];
    for (const [browser, { transport }] of this.#connections) {
      const since = transport.writable ? null : (this.#since.get(browser) ?? now);
      this.#since.set(browser, since);
      if (since !== null && now - since > this.patienceMs) stalled.push(browser);
    }
    return stalled;
  }
}
