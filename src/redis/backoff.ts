import { setTimeout as wait } from 'node:timers/promises';

/** Full jitter between half and the whole of a delay that doubles up to 2 s, so that workers do not return in step. */
export function backoffMs(failures: number): number {
  return Math.min(100 * 2 ** Math.min(failures, 5), 2_000) * (0.5 + Math.random() / 2);
}

/** Waits, or returns at once when `signal` is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return;
  await wait(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
