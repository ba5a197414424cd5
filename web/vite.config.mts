import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { serviceWorker } from './service-worker.mts';

const worthIt = /\.(js|mjs|css|html|svg|json|webmanifest)$/;
const smallestBytes = 1024;

/** Writes `.br` and `.gz` beside every text file, so that the server never compresses while somebody waits. */
function precompress(outDir: string): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    closeBundle: {
      sequential: true,
      async handler() {
        const files = await readdir(outDir, { recursive: true });
        await Promise.all(files.filter((file) => worthIt.test(file)).map((file) => compress(join(outDir, file))));
      },
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < smallestBytes) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}

const outDir = join(import.meta.dirname, '../dist/web');
const server = process.env['WHEREABOUTS_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite-web',
  plugins: [svelte(), serviceWorker(outDir, join(import.meta.dirname, 'worker/sw.ts')), precompress(outDir)],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // The map engine is one chunk of its own, loaded after the first paint.
    chunkSizeWarningLimit: 2000,
  },
  server: {
    // src/search is shared with the server.
    fs: { allow: [join(import.meta.dirname, '..')] },
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
});
