import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface Asking {
  readonly urls: readonly string[];
  /** Questions come at this rate, whether those before are answered or not. */
  readonly perS: number;
  /** How often all are asked before it counts, and after that. */
  readonly roundsBefore: number;
  readonly rounds: number;
}

/** Milliseconds from when each question was due until it was answered. */
export interface Asked {
  readonly service: readonly number[];
  /** Of a server that has nothing to do, asked as often between the questions: what the machine itself takes. */
  readonly bare: readonly number[];
}

/** Each question when it is due; milliseconds from then until its answer. */
async function askAll(urls: readonly string[], perS: number, startedAt: number): Promise<number[]> {
  const asked = urls.map(async (url, i) => {
    const dueAt = startedAt + (i * 1000) / perS;
    await pause(dueAt - performance.now());
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}`);
    return performance.now() - dueAt;
  });
  return Promise.all(asked);
}

/** In a thread of its own, so that what else the bench keeps in memory stops no clock. */
async function run({ urls, perS, roundsBefore, rounds }: Asking): Promise<void> {
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const bareUrls = urls.map(() => `http://127.0.0.1:${port}/`);
  const [service, bare]: [number[], number[]] = [[], []];
  for (let round = -roundsBefore; round < rounds; round++) {
    const startedAt = performance.now() + 100;
    const [asked, askedBare] = await Promise.all([
      askAll(urls, perS, startedAt),
      askAll(bareUrls, perS, startedAt + 500 / perS),
    ]);
    if (round < 0) continue;
    service.push(...asked);
    bare.push(...askedBare);
  }
  server.close();
  server.closeAllConnections();
  parentPort?.postMessage({ service, bare } satisfies Asked);
}

void run(workerData as Asking);
