import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where package.json lies: above src/ when run from source, above dist/ when built. */
export function projectDirectory(): string {
  for (let at = __dirname; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (at === dirname(at)) throw new Error(`There is no package.json above ${__dirname}`);
  }
}
