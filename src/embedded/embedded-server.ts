import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { type Owner, serverOwner } from './unprivileged';

/** A server of ours that runs. */
export interface EmbeddedServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with the reason once it has ended, by `stop` or otherwise. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Below it the server keeps its files. The caller holds the directory's lock: what runs there is an orphan. */
  readonly dataDir: string;
  /** A free one by default. */
  readonly port?: number;
  /** False: writes are not forced to the disk. For data that nobody misses after a power cut, as in tests. */
  readonly durable?: boolean;
}

/** A directory that belongs to whoever the server will run as. */
export function makeHome(home: string): Owner | null {
  const owner = serverOwner(home);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  chmodSync(home, 0o700);
  if (owner !== null) chownSync(home, owner.uid, owner.gid);
  return owner;
}
