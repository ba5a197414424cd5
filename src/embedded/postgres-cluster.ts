import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries';
import { commandLineOf, endOrphan } from './running-program';
import { spawnServer } from './server-program';
import { StartError } from '../config/start-error';
import { launchAs, type Owner } from './unprivileged';

/** Major version of the embedded binaries. */
const version = '18';

/** Fast shutdown, then immediate (recovery at the next start), then none. */
export const stopSignals = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

/** Makes the cluster beside its place and renames it, so that a half-made one is never taken for a cluster. */
export async function makeCluster(
  binaries: PostgresBinaries,
  cluster: string,
  owner: Owner | null,
  password: string,
  logFile: string,
  durable: boolean,
): Promise<void> {
  const home = dirname(cluster);
  const unfinished = join(home, 'unfinished');
  const passwordFile = join(home, 'initial-password');
  for (const leftover of [unfinished, passwordFile]) rmSync(leftover, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner !== null) chownSync(passwordFile, owner.uid, owner.gid);
  const args = ['-D', unfinished, '-U', 'postgres', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'];
  const locale = ['--no-locale', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const command = launchAs(
    owner,
    binaries.initdb,
    [...args, ...locale, ...(durable ? [] : ['--no-sync'])],
    [binaries.root, home],
  );
  const initdb = await spawnServer(command, logFile);
  const reason = await initdb.ended;
  rmSync(passwordFile, { force: true });
  if (reason !== 'exit code 0') {
    throw new StartError(`PostgreSQL could not make its data directory ${cluster} (${lastLine(initdb.lastWords())}).`);
  }
  renameSync(unfinished, cluster);
}

/** A new major version cannot read the files of an old one. */
export function checkVersion(cluster: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === version) return;
  throw new StartError(
    `${cluster} was written by PostgreSQL ${found} and this version of Whereabouts brings ${version}: ` +
      'dump it with the old version and restore it into a new DATA_DIR (docs/operating.md, "Back-up").',
  );
}

/** Ends the server that outlived a killed Whereabouts, and forgets a pid file whose number belongs to another program. */
export async function endEarlierRun(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (await endOrphan(pid, cluster, stopSignals)) return;
  // PostgreSQL itself forgets the file of a program that is gone, after checking that none of its children is left.
  if (commandLineOf(pid) !== null) rmSync(pidFile, { force: true });
}

/** The last line a program wrote that says something. */
export function lastLine(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /error|fatal|panic/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim();
}
