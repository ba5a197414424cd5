import { readFile, writeFile } from 'node:fs/promises';
import { putSizing, readCosts, type Reports, sizingTable } from '../../src/cli/bench/sizing';

const read = (name: string): Promise<string> => readFile(`docs/${name}.md`, 'utf8');

/** `npm run sizing`: works the sizing table of docs/operating.md out of what the benches measured. */
async function main(): Promise<void> {
  const reports: Reports = {
    performance: await read('performance'),
    growth: await read('performance-growth'),
    history: await read('history'),
  };
  const rows = sizingTable(reports);
  await writeFile('docs/operating.md', putSizing(await read('operating'), rows));
  for (const { door, cpuS } of readCosts(reports.performance)) {
    process.stdout.write(`${door}: ${cpuS.toFixed(1)} CPU seconds a million\n`);
  }
  process.stdout.write(`${rows.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
