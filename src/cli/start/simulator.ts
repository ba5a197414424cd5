import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Config } from '../../config/config';
import { projectDirectory } from '../../config/project-directory';
import type { Stops } from './stops';

/** Whether simulated gateways are wanted: asked for, or nothing real can be there (our own hospital, our own broker). */
export function wantsSimulator(config: Config): boolean {
  if (config.simulate !== 'auto') return config.simulate === 'on';
  const ours = join(projectDirectory(), 'floorplans', 'general-hospital');
  return config.siteDir === ours && config.mqttUrl === undefined && config.roles.includes('ingest');
}

/** Runs the simulator as a process of its own: it stands for radio hardware, and reaches the service by MQTT alone. */
export function startSimulator(brokerUrl: string, siteDir: string, stops: Stops): void {
  const log = new Logger('Simulator');
  const command = join(__dirname, '..', 'main.js');
  const child = spawn(process.execPath, [command, 'simulate', '--mqtt', brokerUrl, '--site', siteDir], {
    // The channel says nothing; that it closes tells the simulator that this process is gone, however it went.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  let stopping = false;
  child.once('exit', (code) => {
    if (!stopping) log.warn(`The simulator ended with code ${code ?? 'unknown'}: equipment stands still from now on`);
  });
  child.once('error', (error) => log.warn(`The simulator could not be started: ${error.message}`));
  stops.add('simulator', async () => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill('SIGTERM');
    await ended;
  });
}
