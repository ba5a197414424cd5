import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../config/start-error';

/** A command line and, when root starts it, the user it runs as. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** The unprivileged user every Unix has: `nobody`. */
const nobody = 65534;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Who may own the files of a server started by this process: null unless root, who must not run servers itself. */
export function serverOwner(directory: string): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const found = statSync(directory, { throwIfNoEntry: false });
  // A directory made by an ordinary user stays that user's.
  return found === undefined || found.uid === 0 ? { uid: nobody, gid: nobody } : { uid: found.uid, gid: found.gid };
}

/**
 * How to start a server as `owner`. When the owner could not reach the `paths` (the project or its data lie below a
 * private directory, or were written under umask 077), the server keeps one capability of root: to pass file modes.
 */
export function launchAs(
  owner: Owner | null,
  command: string,
  args: readonly string[],
  paths: readonly string[],
): Launch {
  if (owner === null) return { command, args };
  if (paths.every((path) => isReachable(path, owner))) return { command, args, ...owner };
  const setpriv = findOnPath('setpriv');
  if (setpriv === null || !mayPassFileModes()) {
    throw new StartError(
      `${paths.join(' and ')} cannot be reached by an unprivileged user, and PostgreSQL refuses to run as root; ` +
        'start Whereabouts as an ordinary user, or put it and DATA_DIR where everybody may enter (chmod a+x).',
    );
  }
  const keep = '+dac_override';
  return {
    command: setpriv,
    args: [
      `--reuid=${owner.uid}`,
      `--regid=${owner.gid}`,
      '--clear-groups',
      // Without it access(2), which initdb asks, would answer for a process without capabilities.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=-all,${keep}`,
      `--ambient-caps=${keep}`,
      `--bounding-set=-all,${keep}`,
      '--',
      command,
      ...args,
    ],
  };
}

/** The full path of an executable, searched as the shell does; null when there is none. */
export function findOnPath(name: string): string | null {
  const found = spawnSync('/bin/sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).stdout.trim();
  return found.startsWith('/') ? found : null;
}

function isReachable(path: string, owner: Owner): boolean {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bits = uid === owner.uid ? mode >> 6 : gid === owner.gid ? mode >> 3 : mode;
    const needed = at === path ? 0o5 : 0o1;
    if ((bits & needed) !== needed) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether this process holds CAP_DAC_OVERRIDE (bit 1) and CAP_SETPCAP (bit 8); a container may have taken them. */
function mayPassFileModes(): boolean {
  if (process.platform !== 'linux') return false;
  const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const held = BigInt(`0x${line?.[1] ?? '0'}`);
  const needed = (1n << 1n) | (1n << 8n);
  return (held & needed) === needed;
}
