import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../../live/protocol';

type LiveClient = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Delays seen by browsers, ms: from the stamp on a sighting to the fix that used it arriving over the socket. */
export class LevelWatch {
  readonly #sockets: readonly LiveClient[];
  #delays: number[] = [];

  private constructor(sockets: readonly LiveClient[]) {
    this.#sockets = sockets;
    for (const socket of sockets) {
      socket.on('moved', ({ fixes }) => {
        const now = Date.now();
        for (const { at } of fixes) this.#delays.push(now - at);
      });
    }
  }

  /** One socket a level, joined before it returns. */
  static async open(url: string, levelIds: readonly string[]): Promise<LevelWatch> {
    const sockets = levelIds.map((): LiveClient => io(`${url}/live`, { transports: ['websocket'], forceNew: true }));
    await Promise.all(sockets.map((socket, i) => join(socket, levelIds[i] ?? '')));
    return new LevelWatch(sockets);
  }

  /** The delays since the last call, and how many fixes came. */
  take(): { readonly fixes: number; readonly p50: number; readonly p99: number } {
    const sorted = this.#delays.sort((a, b) => a - b);
    this.#delays = [];
    const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
    return { fixes: sorted.length, p50: quantile(0.5), p99: quantile(0.99) };
  }

  close(): void {
    for (const socket of this.#sockets) socket.disconnect();
  }
}

const joinTimeoutMs = 10_000;

function join(socket: LiveClient, levelId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Level ${levelId} was not joined in time`)), joinTimeoutMs);
    socket.emit('joinLevel', { levelId }, (reply) => {
      clearTimeout(late);
      if (reply.ok) resolve();
      else reject(new Error(`Level ${levelId} was not joined: ${reply.detail}`));
    });
  });
}
