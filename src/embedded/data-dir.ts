import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startedAt } from './running-program';
import { errorCode, reasonOf, StartError } from '../config/start-error';

const lockSchema = z.object({ pid: z.number().int(), startedAt: z.string(), address: z.string() });
type Lock = z.output<typeof lockSchema>;

/** The directory with everything the service keeps, held by this process alone until `release`. */
export interface DataDir {
  readonly path: string;
  /** Lets a second start on the same directory say where the first one answers. */
  announce(address: string): void;
  release(): void;
}

/** Makes the directory when missing and takes its lock. The lock of a process that is gone counts for nothing. */
export function takeDataDir(path: string): DataDir {
  const lockFile = join(path, 'whereabouts.lock');
  const mine: Lock = { pid: process.pid, startedAt: startedAt(process.pid) ?? '', address: '' };
  const draft = `${lockFile}.${process.pid}`;
  try {
    makeDirectory(path);
    writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
    try {
      while (!tryLink(draft, lockFile)) breakStale(lockFile, path);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = errorCode(error) === 'EACCES' ? 'permission denied' : reasonOf(error);
    throw new StartError(
      `The data directory ${path} cannot be written (${reason}): change its owner, or set DATA_DIR.`,
    );
  }
  return {
    path,
    announce: (address) => {
      writeFileSync(draft, JSON.stringify({ ...mine, address }), { mode: 0o644 });
      renameSync(draft, lockFile);
    },
    release: () => rmSync(lockFile, { force: true }),
  };
}

/** Others may pass through (the servers run as another user when root starts them) but not look around. */
function makeDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o711);
}

/** Puts the lock in place, whole or not at all; false when there is one. */
function tryLink(draft: string, lockFile: string): boolean {
  try {
    linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock whose holder is gone; throws the sentence that names a holder who is there. */
function breakStale(lockFile: string, path: string): void {
  const text = readText(lockFile);
  if (text === null) return;
  const holder = readLock(text);
  if (holder !== null && startedAt(holder.pid) === holder.startedAt) {
    const where = holder.address === '' ? 'is starting' : `answers at ${holder.address}`;
    throw new StartError(
      `Whereabouts already runs on ${path}: process ${holder.pid} ${where}. Stop it first, or set DATA_DIR and PORT.`,
    );
  }
  // Moved aside first: if another start was faster, what is moved is its fresh lock, which then goes back.
  const aside = `${lockFile}.stale.${process.pid}`;
  renameSync(lockFile, aside);
  if (readText(aside) !== text) tryLink(aside, lockFile);
  rmSync(aside, { force: true });
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function readLock(text: string): Lock | null {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    // A lock nobody can read was cut short by a full disk or a crash: nobody holds it.
    return null;
  }
}
