import { fileOf, isKeptAnswer, keyOf, mostNearest, nearestPath, outlived } from './rules';

declare const self: ServiceWorkerGlobalScope;
/** The built files this version is made of, `/` for the page; put in by the build. */
declare const __FILES__: readonly string[];
/** Changes with any of them. */
declare const __VERSION__: string;

const appCache = `app-${__VERSION__}`;
const answerCache = 'answers';
const exactly: CacheQueryOptions = { ignoreVary: true };

self.addEventListener('install', (event) => event.waitUntil(fetchVersion()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const file = fileOf(url.pathname, request.mode === 'navigate', __FILES__);
  if (file !== null) event.respondWith(fromVersion(file, request));
  else if (isKeptAnswer(url.pathname)) event.respondWith(newestAnswer(request, keyOf(url), event));
});

/** Whole or not at all: a version that cannot be fetched entirely is not installed. Files it shares with the last are copied. */
async function fetchVersion(): Promise<void> {
  const cache = await caches.open(appCache);
  await Promise.all(
    __FILES__.map(async (path) => {
      const shared = path.startsWith('/assets/') ? await caches.match(path, exactly) : undefined;
      const response = shared ?? (await fetch(path, { cache: 'reload' }));
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, response);
    }),
  );
}

/** The version before stays: a tab that still runs it can fetch its parts. */
async function takeOver(): Promise<void> {
  await Promise.all(outlived(await caches.keys(), appCache).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Page and files of one version together; a file of the version before for a tab that still runs it. */
async function fromVersion(path: string, request: Request): Promise<Response> {
  const own = await (await caches.open(appCache)).match(path, exactly);
  return own ?? (await caches.match(path, exactly)) ?? fetch(request);
}

/** What the service says now; without it the last answer, marked as kept. */
async function newestAnswer(request: Request, key: string, event: FetchEvent): Promise<Response> {
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(keep(key, response.clone()));
    if (response.ok || response.status < 502) return response;
    return (await kept(key)) ?? response;
  } catch (error) {
    const answer = await kept(key);
    if (answer === null) throw error;
    return answer;
  }
}

async function keep(key: string, response: Response): Promise<void> {
  const cache = await caches.open(answerCache);
  await cache.put(key, response);
  const nearest = (await cache.keys()).filter(({ url }) => new URL(url).pathname === nearestPath);
  await Promise.all(nearest.slice(0, -mostNearest).map((old) => cache.delete(old)));
}

async function kept(key: string): Promise<Response | null> {
  const answer = await (await caches.open(answerCache)).match(key, exactly);
  if (answer === undefined) return null;
  const headers = new Headers(answer.headers);
  headers.set('x-kept', 'true');
  return new Response(answer.body, { status: answer.status, headers });
}
