import { Worker } from 'node:worker_threads';

/** From source, as tests run, a thread needs what reads TypeScript. */
const isSource = __filename.endsWith('.ts');

/**
 * Runs a program of ours in a thread of its own and resolves with the one thing it says. Rejects when it fails, or ends
 * without a word.
 * @param program path of its file, without an ending
 */
export function askThread(program: string, question: unknown): Promise<unknown> {
  const worker = isSource
    ? new Worker(`require('tsx/cjs'); require(${JSON.stringify(`${program}.ts`)});`, {
        eval: true,
        workerData: question,
      })
    : new Worker(`${program}.js`, { workerData: question });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`${program} ended without an answer`)));
  });
}
