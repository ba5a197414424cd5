import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';
import { waitFor } from './wait-for';

const project = join(__dirname, '../..');
const frontDoor = join(project, 'bin/whereabouts.mjs');
const anyPorts = { PORT: '0', HEALTH_PORT: '0', MQTT_PORT: '0' };

/** Said when the sources are newer than the build. */
const built = /^Built the .*\n/gm;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command of ours, running. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly said: () => string;
}

/** Starts `whereabouts <args>` with these settings, on ports of the system's choice. Killed when the test ends. */
export function command(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Running {
  return forOneTest(launch(args, settings), args);
}

/** The same, ended by whoever started it. */
export function launch(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Running {
  return watch(spawn(process.execPath, [frontDoor, ...args], { env: { ...bare(), ...anyPorts, ...settings } }));
}

/** `npm start` as an operator types it. */
export function npmStart(settings: Readonly<Record<string, string>>): Running {
  const child = spawn('npm', ['start'], { cwd: project, env: { ...bare(), ...anyPorts, ...settings } });
  return forOneTest(watch(child), ['npm start']);
}

function watch(child: ChildProcessWithoutNullStreams): Running {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then((): Ended => ({
    code: child.exitCode,
    stdout,
    stderr: stderr.replace(built, ''),
  }));
  return { child, ended, said: () => stdout + stderr };
}

/** Tells it to stop unless it has ended, and waits for its end. */
export async function end({ child, ended }: Running): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended;
}

function forOneTest(running: Running, args: readonly string[]): Running {
  onTestFailed(() => void process.stderr.write(`${args.join(' ')} said:\n${running.said()}\n`));
  onTestFinished(() => end(running));
  return running;
}

export interface Service extends Running {
  readonly address: string;
  readonly health: string;
  readonly broker: string;
}

/** Starts the whole service for one test and waits until it says where it is. */
export function startService(settings: Readonly<Record<string, string>>): Promise<Service> {
  return serviceOf(command(['start'], settings));
}

/** The service that is being started, when it says where it is. */
export async function serviceOf(running: Running): Promise<Service> {
  let over = false;
  void running.ended.then(() => (over = true));
  await waitFor('the service to say where it is', () => over || running.said().includes('Ctrl-C stops it'), 120_000);
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(running.said())?.[1];
    if (found === undefined) throw new Error(`Not started: ${running.said()}`);
    return found;
  };
  return {
    ...running,
    address: find(/Whereabouts is at (\S+)/),
    health: find(/health +(\S+)\/health\/deep/),
    broker: find(/gateways +(\S+)/),
  };
}

/** The environment without settings of ours, so that what the developer has set changes no test. */
function bare(): Record<string, string | undefined> {
  const { PATH, HOME } = process.env;
  return { PATH, HOME };
}
