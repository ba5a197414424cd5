/** The server's clock as the browser can tell it, ticking once a second. Ages are counted from it. */
class ServerClock {
  /** Server minus browser, ms. */
  #offsetMs = 0;
  now = $state(Date.now());

  constructor() {
    setInterval(() => this.#tick(), 1000);
    document.addEventListener('visibilitychange', () => this.#tick());
  }

  /** Every message that carries the server's time tells it here. */
  hear(serverNow: number): void {
    this.#offsetMs = serverNow - Date.now();
  }

  read(): number {
    return Date.now() + this.#offsetMs;
  }

  #tick(): void {
    if (!document.hidden) this.now = this.read();
  }
}

export const serverClock = new ServerClock();
