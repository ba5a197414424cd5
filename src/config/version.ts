import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDirectory } from './project-directory';

/** The version in package.json. */
export function readVersion(): string {
  const text = readFileSync(join(projectDirectory(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
