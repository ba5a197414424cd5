import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../config/start-error';

/** The command line of a running program; null when no such program runs. */
export function commandLineOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** When a running program was started, in the system's own terms; null when no such program runs. */
export function startedAt(pid: number): string | null {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; the name in field 2 may hold spaces, and ends at the last bracket.
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Sends a signal; false when the program is gone already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    throw error;
  }
}

/** Sends each signal in turn, giving the program `patienceMs` to end after each. `isGone` says whether it has. */
export async function endProgram(
  pid: number,
  signals: readonly NodeJS.Signals[],
  patienceMs: number,
  isGone: () => boolean,
): Promise<void> {
  for (const name of signals) {
    if (isGone() || !signal(pid, name)) return;
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      if (isGone()) return;
      await wait(10);
    }
  }
}

/** Ends what an earlier run left behind, if `pid` still is that program: its command line names `directory`. */
export async function endOrphan(pid: number, directory: string, signals: readonly NodeJS.Signals[]): Promise<boolean> {
  if (!Number.isInteger(pid) || pid < 2) return false;
  const isOurs = (): boolean => commandLineOf(pid)?.includes(directory) === true;
  if (!isOurs()) return false;
  await endProgram(pid, signals, 15_000, () => !isOurs());
  return true;
}
