import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JoinReply, LevelSnapshot } from '../../src/live/protocol';
import { LiveConnection, type LiveListener } from '../../web/src/lib/live/connection';

type Acknowledge = (error: Error | null, reply: JoinReply) => void;
type LiveSocket = ConstructorParameters<typeof LiveConnection>[0];

/** The client's end of a socket, with the server's answers in the test's hands. */
class HeldSocket {
  connected = false;
  readonly joins: { levelId: string; answer: Acknowledge }[] = [];
  readonly left: string[] = [];
  readonly #listeners = new Map<string, (payload?: unknown) => void>();

  on = vi.fn((event: string, listen: (payload?: unknown) => void) => this.#listeners.set(event, listen));
  emit = vi.fn((event: string, { levelId }: { levelId: string }) => event === 'leaveLevel' && this.left.push(levelId));
  timeout = vi.fn(() => ({
    emit: (_event: string, { levelId }: { levelId: string }, answer: Acknowledge) =>
      this.joins.push({ levelId, answer }),
  }));
  disconnect = vi.fn();

  fire(event: string, payload?: unknown): void {
    if (event === 'connect') this.connected = true;
    if (event === 'disconnect') this.connected = false;
    this.#listeners.get(event)?.(payload);
  }

  asSocket(): LiveSocket {
    return this as unknown as LiveSocket;
  }
}

const snapshot = (levelId: string): LevelSnapshot => ({ levelId, now: 1, fixes: [] });
const yes = (levelId: string): JoinReply => ({ ok: true, snapshot: snapshot(levelId) });

describe('the live connection', () => {
  let socket: HeldSocket;
  let heard: string[];
  let connection: LiveConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    socket = new HeldSocket();
    heard = [];
    const listener: LiveListener = {
      state: (state) => heard.push(state),
      snapshot: ({ levelId }) => heard.push(`snapshot ${levelId}`),
      moved: () => heard.push('moved'),
      assetsChanged: () => heard.push('assets'),
      resumed: () => heard.push('resumed'),
    };
    connection = new LiveConnection(socket.asSocket(), listener);
  });
  afterEach(() => vi.useRealTimers());

  it('joins when connected, and is live once it has the snapshot', () => {
    connection.showLevel('L1');
    expect(socket.joins).toHaveLength(0);
    socket.fire('connect');
    socket.joins[0]?.answer(null, yes('L1'));
    expect(heard).toEqual(['snapshot L1', 'live']);
  });

  it('does the same three steps after a lost connection, and says that it was lost', () => {
    connection.showLevel('L1');
    socket.fire('connect');
    socket.joins[0]?.answer(null, yes('L1'));
    socket.fire('disconnect');
    socket.fire('connect');
    socket.joins[1]?.answer(null, yes('L1'));
    expect(heard).toEqual(['snapshot L1', 'live', 'offline', 'snapshot L1', 'live', 'resumed']);
  });

  it('leaves the old level and drops its late snapshot when the level changes', () => {
    connection.showLevel('L1');
    socket.fire('connect');
    connection.showLevel('L2');
    socket.joins[0]?.answer(null, yes('L1'));
    socket.joins[1]?.answer(null, yes('L2'));
    expect(socket.left).toEqual(['L1']);
    expect(heard).toEqual(['snapshot L2', 'live']);
  });

  it('asks again when the server is still starting or did not answer', () => {
    connection.showLevel('L1');
    socket.fire('connect');
    socket.joins[0]?.answer(null, { ok: false, reason: 'starting', detail: '' });
    vi.advanceTimersByTime(3_000);
    socket.joins[1]?.answer(new Error('no answer'), yes('L1'));
    vi.advanceTimersByTime(3_000);
    socket.joins[2]?.answer(null, yes('L1'));
    expect(heard).toEqual(['snapshot L1', 'live']);
  });
});
