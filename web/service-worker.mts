import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

/** Mapbox is fetched only where a token is configured, and draws nothing without its own servers. */
const notKept = /\.(br|gz|map)$|^sw\.js$|mapbox|^index\.html$/;

/** Writes `sw.js`, which knows every built file of this version: the app then opens without network. */
export function serviceWorker(outDir: string, source: string): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    closeBundle: {
      sequential: true,
      async handler() {
        const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
        const paths = entries
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(outDir.length + 1))
          .filter((path) => !notKept.test(path))
          .sort();
        const hash = createHash('sha256');
        for (const path of ['index.html', ...paths]) hash.update(path).update(await readFile(join(outDir, path)));
        const files = ['/', ...paths.map((path) => `/${path}`)];
        await writeFile(join(outDir, 'sw.js'), await bundle(source, files, hash.digest('hex').slice(0, 12)));
      },
    },
  };
}

async function bundle(source: string, files: readonly string[], version: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { __FILES__: JSON.stringify(files), __VERSION__: JSON.stringify(version) },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: source, formats: ['iife'], name: 'whereaboutsWorker', fileName: 'sw' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('The service worker was not built');
  return output.output[0].code;
}
