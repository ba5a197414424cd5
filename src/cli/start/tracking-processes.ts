import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Config } from '../../config/config';
import { metricSources } from '../../health/all-metrics';
import type { Stops } from './stops';
import type { Order } from './tracking-process';

const answerWithinMs = 2_000;
const restartAfterMs = 500;

/** Runs the role `track` beside this process, as often as the settings say, so that tracking has cores of its own. */
export async function startTracking(config: Config, stops: Stops): Promise<void> {
  const own: Config = { ...config, roles: ['track'], healthPort: 0, healthHost: '127.0.0.1' };
  const kept = Array.from({ length: config.trackers }, () => new TrackingProcess(own));
  for (const one of kept) stops.add('tracking', () => one.stop());
  await Promise.all(kept.map((one) => one.begun()));
}

/** One process that tracks; started again when it ends by itself. Its sightings wait in their streams meanwhile. */
class TrackingProcess {
  readonly #log = new Logger('Tracking');
  readonly #metrics = (): Promise<readonly object[]> => this.#askMetrics();
  #child: ChildProcess;
  #isStopping = false;

  constructor(private readonly config: Config) {
    this.#child = this.#start();
    metricSources.add(this.#metrics);
  }

  /** Resolves when it has begun, or failed to: then it is tried again and again. */
  async begun(): Promise<void> {
    const child = this.#child;
    await Promise.race([answerOf(child, 'begun'), once(child, 'exit')]);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    metricSources.delete(this.#metrics);
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    this.#tell(child, { say: 'end' });
    await ended;
  }

  #start(): ChildProcess {
    const child = fork(join(__dirname, 'tracking-process.js'), {
      execArgv: process.execArgv,
      serialization: 'advanced',
    });
    child.setMaxListeners(0);
    child.once('error', (error) => this.#log.error(`Tracking could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (this.#isStopping) return;
      this.#log.warn(`Tracking ended with ${signal ?? code ?? 'nothing'}; starting it again`);
      void wait(restartAfterMs).then(() => {
        if (!this.#isStopping) this.#child = this.#start();
      });
    });
    this.#tell(child, { say: 'begin', config: this.config });
    return child;
  }

  #tell(child: ChildProcess, order: Order): void {
    child.send(order, (error) => {
      if (error !== null) this.#log.warn(`Tracking did not hear "${order.say}": ${error.message}`);
    });
  }

  async #askMetrics(): Promise<readonly object[]> {
    const child = this.#child;
    if (!child.connected) return [];
    const answer = answerOf(child, 'metrics');
    this.#tell(child, { say: 'metrics' });
    return (await Promise.race([answer, wait(answerWithinMs, null, { ref: false })]))?.metrics ?? [];
  }
}

interface Answer {
  readonly said: string;
  readonly metrics?: readonly object[];
}

function answerOf(child: ChildProcess, said: string): Promise<Answer> {
  return new Promise((resolve) => {
    const hear = (answer: Answer): void => {
      if (answer.said !== said) return;
      child.off('message', hear);
      resolve(answer);
    };
    child.on('message', hear);
  });
}
