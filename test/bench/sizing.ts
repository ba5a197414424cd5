import { readFile, writeFile } from 'node:fs/promises';
import { putSizing, readCosts, sizingTable } from '../../src/cli/bench/sizing';

/** `npm run sizing`: works the sizing table of docs/operating.md out of what docs/performance.md measured. */
async function main(): Promise<void> {
  const costs = readCosts(await readFile('docs/performance.md', 'utf8'));
  const rows = sizingTable(costs);
  await writeFile('docs/operating.md', putSizing(await readFile('docs/operating.md', 'utf8'), rows));
  for (const { door, cpuS } of costs) process.stdout.write(`${door}: ${cpuS.toFixed(1)} CPU seconds a million\n`);
  process.stdout.write(`${rows.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
