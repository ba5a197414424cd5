import { constants } from 'node:os';
import { Stops } from '../start/stops';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `work`, then stops what it has started, the youngest first: also when Ctrl-C, SIGTERM or a closed terminal ends
 * it half way, so that no server and no directory is left behind.
 */
export async function withStops<T>(work: (stops: Stops) => Promise<T>): Promise<T> {
  const stops = new Stops();
  // Ctrl-C comes twice where npm passes it on: the first one counts.
  const endBy = (signal: NodeJS.Signals): void => {
    void stops.all().then(() => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of signals) process.on(signal, endBy);
  try {
    return await work(stops);
  } finally {
    await stops.all();
    for (const signal of signals) process.off(signal, endBy);
  }
}
