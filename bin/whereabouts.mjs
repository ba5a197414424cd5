#!/usr/bin/env node
// The front door of every command: builds what is not built, or was changed since, then runs the command.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { buildIfStale, project } from './build.mjs';

if (buildIfStale({ web: process.argv[2] === 'start' && !process.argv.includes('--help') })) {
  createRequire(import.meta.url)(join(project, 'dist', 'src', 'cli', 'main.js'));
} else {
  process.exitCode = 1;
}
