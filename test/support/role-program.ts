import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const project = join(__dirname, '..', '..');

/** Builds the server when its sources are newer than the last build. */
export function buildServer(): void {
  const script = `import { buildIfStale } from './bin/build.mjs'; process.exit(buildIfStale({ web: false }) ? 0 : 1);`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: project,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The server could not be built: ${stderr}`);
}

/** The built program in a process of its own, running some of the roles. */
export class RoleProgram {
  #child: ChildProcess | null = null;
  #said = '';

  constructor(private readonly settings: Readonly<Record<string, string>>) {
    onTestFinished(() => this.kill());
  }

  /** What it wrote, over all its lives. */
  get said(): string {
    return this.#said;
  }

  start(): void {
    const child = spawn(process.execPath, [join(project, 'dist', 'src', 'main.js')], {
      cwd: project,
      env: { PATH: process.env.PATH, HEALTH_PORT: '0', PORT: '0', ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#said += chunk.toString('utf8');
      });
    }
    this.#child = child;
  }

  /** SIGTERM. Resolves when the process has ended by itself. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** `kill -9`. Resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
