import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallFigures } from './small-figures';

/** `npx tsx test/accuracy/set-baseline.ts`: what the engine reaches now is what later changes are held to. */
void smallFigures().then((figures) =>
  writeFileSync(join(__dirname, 'baseline.json'), `${JSON.stringify(figures, null, 2)}\n`),
);
