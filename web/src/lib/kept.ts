import type { AssetList } from './api/types';

/** The cache that the service worker answers from when the service is away; see web/worker/sw.ts. */
const cacheName = 'answers';

/** Keeps the list as it stood when the connection was lost: what the app shows when it is opened again without one. */
export async function keepAssets(list: AssetList): Promise<void> {
  // Browsers have caches on pages served over TLS or from this machine only.
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(cacheName);
  await cache.put(
    '/api/assets',
    new Response(JSON.stringify(list), { headers: { 'content-type': 'application/json' } }),
  );
}
