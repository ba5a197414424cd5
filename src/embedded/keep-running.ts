import { setTimeout as wait } from 'node:timers/promises';
import type { EmbeddedServer } from './embedded-server';
import { reasonOf } from '../config/start-error';

export interface KeptServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a server and starts it again whenever it ends by itself, on the same port, so that everybody's URL stays
 * good. Waits longer after each failure, up to ten seconds.
 */
export async function keepRunning(
  name: string,
  start: (port?: number) => Promise<EmbeddedServer>,
  warn: (sentence: string) => void,
): Promise<KeptServer> {
  let current = await start();
  const { url, port } = current;
  const stopping = new AbortController();
  const watched = (async () => {
    for (;;) {
      const reason = await current.ended;
      if (stopping.signal.aborted) return;
      warn(`${name} ended (${reason}); starting it again`);
      const again = await startAgain(
        () => start(port),
        stopping.signal,
        (why) => warn(`${name}: ${why}`),
      );
      if (again === null) return;
      current = again;
      warn(`${name} is back`);
    }
  })();
  return {
    url,
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watched;
    },
  };
}

/** Tries until it starts; null when told to stop meanwhile. */
async function startAgain(
  start: () => Promise<EmbeddedServer>,
  stopping: AbortSignal,
  warn: (why: string) => void,
): Promise<EmbeddedServer | null> {
  const isOver = (): boolean => stopping.aborted;
  for (let delayMs = 200; !isOver(); delayMs = Math.min(delayMs * 2, 10_000)) {
    try {
      const server = await start();
      if (isOver()) await server.stop();
      return isOver() ? null : server;
    } catch (error) {
      warn(reasonOf(error));
      // The wait ends early, by an error, when told to stop.
      await wait(delayMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return null;
}
