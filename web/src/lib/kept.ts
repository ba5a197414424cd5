import type { AppConfig, AssetList, Kind, SiteHead } from './api/types';

/** The cache that the service worker keeps answers in, and answers from when the service is away; see web/worker/sw.ts. */
const cacheName = 'answers';

/** What the app showed last time: enough to be of use before the service has answered. */
export interface KeptWorld {
  readonly config: AppConfig;
  readonly site: SiteHead;
  readonly kinds: readonly Kind[];
  readonly list: AssetList;
}

/** Null on a first visit, and on pages without TLS, where browsers have no caches. */
export async function readKept(): Promise<KeptWorld | null> {
  const cache = 'caches' in globalThis ? await caches.open(cacheName) : null;
  const read = async <T>(path: string): Promise<T | null> => {
    const answer = await cache?.match(path, { ignoreVary: true });
    return answer === undefined ? null : ((await answer.json()) as T);
  };
  const [config, kinds, list] = await Promise.all([
    read<AppConfig>('/api/config'),
    read<{ readonly kinds: readonly Kind[] }>('/api/kinds'),
    read<AssetList>('/api/assets'),
  ]);
  const site = config === null ? null : await read<SiteHead>(`/api/sites/${encodeURIComponent(config.siteId)}`);
  return config === null || site === null || kinds === null || list === null
    ? null
    : { config, site, kinds: kinds.kinds, list };
}

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
