import { io, type Socket } from 'socket.io-client';
import type {
  AssetView,
  ClientToServerEvents,
  JoinReply,
  LevelSnapshot,
  MovedBatch,
  ServerToClientEvents,
} from '../../../../src/live/protocol';

export type LinkState = 'connecting' | 'live' | 'offline';

export interface LiveListener {
  state(state: LinkState): void;
  snapshot(snapshot: LevelSnapshot): void;
  moved(batch: MovedBatch): void;
  assetsChanged(assets: readonly AssetView[], now: number): void;
  /** The connection came back: what was loaded before may be old. */
  resumed(): void;
}

type LiveSocket = Pick<
  Socket<ServerToClientEvents, ClientToServerEvents>,
  'on' | 'emit' | 'timeout' | 'disconnect' | 'connected'
>;

const joinPatienceMs = 8_000;
const rejoinMs = 2_000;

/**
 * socket.io's own backoff: 0.5 s doubling to 8 s, each with ±50 % of jitter, for ever. A WebSocket first: whichever
 * process a proxy leads it to, all of it goes there; polling only where a network lets no WebSocket through.
 */
export const connectLive = (): LiveSocket =>
  io('/live', {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
  });

/**
 * One level at a time: join, take the snapshot from the acknowledgement, then the deltas.
 * A reconnect does the same three steps, as a level switch does. Snapshots of a level no longer wanted are dropped.
 */
export class LiveConnection {
  #level: string | null = null;
  #lost = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: LiveSocket,
    private readonly listener: LiveListener,
  ) {
    socket.on('connect', () => this.#join());
    socket.on('disconnect', () => {
      this.#lost = true;
      listener.state('offline');
    });
    socket.on('connect_error', () => listener.state('offline'));
    socket.on('moved', (batch) => listener.moved(batch));
    socket.on('assetsChanged', ({ assets, now }) => listener.assetsChanged(assets, now));
  }

  showLevel(levelId: string): void {
    if (levelId === this.#level) return;
    if (this.#level !== null && this.socket.connected) this.socket.emit('leaveLevel', { levelId: this.#level });
    this.#level = levelId;
    this.#join();
  }

  close(): void {
    clearTimeout(this.#retry);
    this.socket.disconnect();
  }

  #join(): void {
    clearTimeout(this.#retry);
    const levelId = this.#level;
    // Not connected: 'connect' joins; an emit now would wait in the socket's buffer and join twice.
    if (levelId === null || !this.socket.connected) return;
    this.socket.timeout(joinPatienceMs).emit('joinLevel', { levelId }, (error: Error | null, reply: JoinReply) => {
      if (levelId !== this.#level) return;
      if (error === null && reply.ok) this.#joined(reply.snapshot);
      else this.#retry = setTimeout(() => this.#join(), rejoinMs * (0.5 + Math.random()));
    });
  }

  #joined(snapshot: LevelSnapshot): void {
    this.listener.snapshot(snapshot);
    this.listener.state('live');
    if (this.#lost) this.listener.resumed();
    this.#lost = false;
  }
}
