import { setTimeout as wait } from 'node:timers/promises';

/** Who is asked has something else to do, too: what is not there at once is asked for less and less often. */
const longestPauseMs = 200;

/**
 * Asks until `probe` answers with something other than null, undefined or false, and returns that.
 * @param awaited what is waited for, named in the error when it does not come
 */
export async function waitFor<T>(
  awaited: string,
  probe: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<Exclude<T, null | undefined | false>> {
  let pauseMs = 10;
  const until = performance.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (isThere(found)) return found;
    if (performance.now() > until) throw new Error(`Waited ${timeoutMs} ms in vain for ${awaited}`);
    await wait(pauseMs);
    pauseMs = Math.min(longestPauseMs, pauseMs * 1.5);
  }
}

const isThere = <T>(found: T): found is Exclude<T, null | undefined | false> =>
  found !== null && found !== undefined && found !== false;
