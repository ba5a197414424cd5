#!/usr/bin/env node
// Everything that can be wrong: format, lint, types, imports, the web app's components, then every test. Goes on after
// a failure, and ends with a line of its own: `N passed, M failed`. A check counts as one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { buildIfStale, project } from './build.mjs';

const checks = ['check:format', 'check:lint', 'check:types', 'check:imports', 'check:web'];
const suites = [
  { name: 'unit', projects: ['core', 'decoders', 'web'] },
  { name: 'medium', projects: ['medium'] },
  { name: 'e2e', projects: ['e2e'] },
  { name: 'browser', projects: ['browser'] },
];
const atOnce = 2;

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm test: checks and tests everything, and ends with `N passed, M failed`. Takes no options.\n',
  );
  process.exit(0);
}

const results = mkdtempSync(join(tmpdir(), 'whereabouts-results-'));
const total = { passed: 0, failed: 0 };
count('build', buildIfStale({ web: true }) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
const queue = [...checks];
await Promise.all(Array.from({ length: atOnce }, () => work(queue)));
for (const suite of suites) count(suite.name, await test(suite));
rmSync(results, { recursive: true, force: true });
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function count(name, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
}

/** Runs checks until none is left; what one says is kept together. */
async function work(waiting) {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const { code, said } = await run('npm', ['run', '--silent', check], 'pipe');
    if (code !== 0) process.stdout.write(said);
    count(check, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
}

/** Runs a suite; one that breaks before it can report, or fails outside its tests, counts as a failure. */
async function test({ name, projects }) {
  const file = join(results, `${name}.json`);
  const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
  const chosen = projects.flatMap((one) => ['--project', one]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(process.execPath, [vitest, 'run', ...chosen, ...reporters], 'inherit');
  const { passed, failed } = read(file);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function read(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function run(command, args, output) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: project, stdio: ['ignore', output, output] });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => resolve({ code: 1, said: `${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, said: Buffer.concat(chunks).toString('utf8') }));
  });
}
