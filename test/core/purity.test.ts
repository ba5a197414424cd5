import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const core = join(__dirname, '../../src/core');
const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** What would make the engine depend on when, where or beside what it runs. */
const outside = [/@nestjs/, /ioredis/, /kysely/, /from 'pg'/, /from 'node:/, /Date\.now/, /new Date\(/, /Math\.random/];
const services = [/\bprocess\./, /\bsetTimeout\b/, /\bsetInterval\b/, /\bconsole\./, /\basync\b/, /\bPromise\b/];

describe('core', () => {
  it.each(files)('%s knows no clock, chance, service or promise', (file) => {
    const code = readFileSync(join(core, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect([...outside, ...services].filter((pattern) => pattern.test(code))).toEqual([]);
  });

  it('imports only itself', () => {
    const imports = files.flatMap((file) =>
      [...readFileSync(join(core, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, path]) => `${file}: ${path}`),
    );
    expect(imports.filter((line) => !/: \.{1,2}\//.test(line) && !line.endsWith(': .'))).toEqual([]);
  });
});
