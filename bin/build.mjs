// Builds the server and the web app into dist/ when their sources are newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const project = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What is built from what. A stamp in dist/ keeps the time at which the build began. */
const parts = {
  server: {
    sources: ['src', 'package-lock.json', 'tsconfig.json', 'nest-cli.json', '.swcrc'],
    result: 'dist/src/cli/main.js',
    command: ['@nestjs/cli/bin/nest.js', 'build'],
  },
  web: {
    sources: ['web', 'src/live/protocol.ts', 'src/search', 'package-lock.json'],
    result: 'dist/web/index.html',
    command: ['vite/bin/vite.js', 'build', '--config', 'web/vite.config.mts', '--logLevel', 'warn'],
  },
};

/** @returns false when a build failed, having said so. */
export function buildIfStale({ web }) {
  return buildPart('server') && (!web || buildPart('web'));
}

function buildPart(name) {
  const { sources, result, command } = parts[name];
  const stamp = join(project, 'dist', `.built-${name}`);
  const builtAt = existsSync(join(project, result)) ? changedAt(stamp) : 0;
  if (sources.every((source) => newest(join(project, source)) < builtAt)) return true;
  const [script, ...args] = command;
  const path = join(project, 'node_modules', script);
  if (!existsSync(path)) {
    if (builtAt > 0) return true;
    process.stderr.write('The dependencies are not installed: run bin/setup first.\n');
    return false;
  }
  const began = new Date();
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { cwd: project, encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}Building the ${name} failed.\n`);
    return false;
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, began.toISOString());
  const seconds = ((Date.now() - began.getTime()) / 1000).toFixed(1);
  process.stderr.write(`Built the ${name} in ${seconds} s\n`);
  return true;
}

/** When a build that left this stamp began, epoch ms; what was changed later is not in it. */
function changedAt(stamp) {
  return existsSync(stamp) ? Date.parse(readFileSync(stamp, 'utf8')) : 0;
}

/** Newest change of a file, or of anything below a directory, epoch ms. A deletion changes its directory. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), stats.mtimeMs);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!buildIfStale({ web: true })) process.exitCode = 1;
}
