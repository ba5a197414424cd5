import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { endProgram } from './running-program';
import { StartError } from '../config/start-error';
import type { Launch } from './unprivileged';

const logKeptBytes = 5_000_000;

/** A server of another make, running as a child of this process. */
export interface ServerProgram {
  readonly pid: number;
  /** Resolves with the reason once it has ended, for whatever cause. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  /** What it wrote last: where the reason of a failed start is found. */
  readonly lastWords: () => string;
  stop(signals: readonly NodeJS.Signals[]): Promise<void>;
}

/**
 * Spawns a server with its output in `logFile`. It gets a session of its own, so that Ctrl-C in the terminal reaches
 * this process only, which ends its servers last.
 */
export function spawnServer(launch: Launch, logFile: string, input = ''): Promise<ServerProgram> {
  const log = openLog(logFile);
  const child = spawn(launch.command, [...launch.args], {
    uid: launch.uid,
    gid: launch.gid,
    cwd: '/',
    detached: true,
    // None of the user's PG* variables, and messages in one language.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  child.stdin?.on('error', () => child.stdin?.destroy());
  child.stdin?.end(input);
  let reason: string | null = null;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, name) => {
      reason = name === null ? `exit code ${code ?? 'unknown'}` : `signal ${name}`;
      resolve(reason);
    });
  });
  const hasEnded = (): boolean => reason !== null;
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new StartError(`${launch.command} could not be started: ${error.message}`)));
    child.once('spawn', () => {
      const pid = child.pid ?? 0;
      resolve({
        pid,
        ended,
        hasEnded,
        lastWords: () => readFileSync(logFile).subarray(log.start).toString('utf8').trim(),
        stop: async (signals) => {
          await endProgram(pid, signals, 15_000, hasEnded);
          await ended;
        },
      });
    });
  });
}

function openLog(path: string): { descriptor: number; start: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logKeptBytes) truncateSync(path);
  return { descriptor: openSync(path, 'a', 0o600), start: size > logKeptBytes ? 0 : size };
}
