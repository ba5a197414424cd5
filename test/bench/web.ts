import { writeFileSync } from 'node:fs';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium';

/**
 * What the built app costs on a slow tablet: `npm run bench:web -- <address of a running service> [--write]`.
 * The service, the page and the socket are real. For thousands of tags on one level, the list of equipment is
 * multiplied on its way to the page, and each copy moves once a second in `moved` frames added to the socket.
 */
const address = process.argv.slice(2).find((word) => word.startsWith('http')) ?? 'http://127.0.0.1:3000';
const writes = process.argv.includes('--write');

/** A tablet of some years ago: a quarter of this machine's speed, 10 Mbit/s, 40 ms away. */
const slowdown = 4;
const network = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 625_000 };
const searches = 30;
const watchMs = 20_000;
/** After the dots are there the map still draws its plan and names for the first time: that is loading, too. */
const loadedMs = 6_000;
const level = 'L2';

interface View {
  readonly id: string;
  readonly tagId: string | null;
  readonly place: { readonly levelId: string; readonly x: number; readonly y: number } | null;
}

async function tabletPage(context: BrowserContext, throttled: boolean): Promise<Page> {
  const here = JSON.stringify({ levelId: level, unitId: '2-112', at: null });
  await context.addInitScript(`localStorage.setItem('whereabouts.here', '${here}');
    globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
      .observe({ type: 'longtask', buffered: true });`);
  const page = await context.newPage();
  if (throttled) {
    const session: CDPSession = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await session.send('Network.emulateNetworkConditions', network);
  }
  return page;
}

/** @param keeps whether the app may keep itself on the tablet, as it does where it is opened every day */
const newTablet = (browser: Browser, keeps = false): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 1280, height: 800 },
    baseURL: address,
    serviceWorkers: keeps ? 'allow' : 'block',
    bypassCSP: true,
  });

const pumps = (page: Page) => page.getByRole('button', { name: /^Infusion pump \d+ free/ });

/** Milliseconds until the kinds with their numbers can be tapped. */
async function firstUsefulPaint(browser: Browser): Promise<number> {
  const context = await newTablet(browser);
  const page = await tabletPage(context, true);
  const start = performance.now();
  await page.goto('/', { waitUntil: 'commit' });
  await pumps(page).waitFor();
  const ms = performance.now() - start;
  await context.close();
  return ms;
}

/** Milliseconds from opening the app, over the tap on a kind, to the highlighted answer; unthrottled. */
async function searchTimes(browser: Browser, keeps: boolean): Promise<number[]> {
  const context = await newTablet(browser, keeps);
  const page = await tabletPage(context, false);
  if (keeps) {
    await page.goto('/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.reload();
    await pumps(page).waitFor();
  }
  const times: number[] = [];
  for (let i = 0; i < searches; i++) {
    await page.goto('about:blank');
    const start = performance.now();
    await page.goto('/', { waitUntil: 'commit' });
    await pumps(page).click();
    await page.getByRole('article').getByRole('heading').first().waitFor();
    times.push(performance.now() - start);
  }
  await context.close();
  return times;
}

/** The part of the plan where equipment is: the copies are all in sight. */
function spanOf(placed: readonly View[]): { left: number; bottom: number; wide: number; high: number } {
  const xs = placed.flatMap(({ place }) => place?.x ?? []);
  const ys = placed.flatMap(({ place }) => place?.y ?? []);
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return { left, bottom, wide: Math.max(...xs) - left, high: Math.max(...ys) - bottom };
}

/** Copies of the equipment around its places on one level, until there are `count`. */
function multiplied(assets: readonly View[], count: number): View[] {
  const placed = assets.filter(({ place }) => place !== null);
  const span = spanOf(placed);
  return Array.from({ length: count }, (_, i) => {
    const one = placed[i % placed.length];
    if (one?.place == null) throw new Error('No equipment has been heard yet');
    const spread = { x: span.left + ((i * 7.31) % span.wide), y: span.bottom + ((i * 3.17) % span.high) };
    return { ...one, id: `copy-${i}`, tagId: `copy-${i}`, place: { ...one.place, levelId: level, ...spread } };
  });
}

async function withTags(page: Page, count: number): Promise<void> {
  let copies: readonly View[] = [];
  await page.route('**/api/assets', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { now: number; assets: readonly View[] };
    copies = multiplied(answer.assets, count);
    await route.fulfill({ response, json: { ...answer, assets: copies } });
  });
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer();
    const timer = setInterval(() => {
      const at = Date.now();
      const fixes = copies.map(({ tagId, place }, i) => ({
        tagId,
        at,
        x: (place?.x ?? 0) + Math.sin(at / 3_000 + i),
        y: (place?.y ?? 0) + Math.cos(at / 3_000 + i),
        radius50: 1,
        radius90: 2.5,
        zoneId: null,
        zoneProbability: 0.4,
        moving: true,
      }));
      const batch = { levelId: level, now: at, fixes, left: [], silent: [] };
      if (fixes.length > 0) socket.send(`42/live,${JSON.stringify(['moved', batch])}`);
    }, 1_000);
    // A page that is closed at once closes no socket: the bench ends all the same.
    timer.unref();
    socket.onClose(() => clearInterval(timer));
  });
}

/** What the page does while so many tags move, after it has loaded. */
interface Crowd {
  readonly dots: number;
  /** Long tasks of the main thread, ms. */
  readonly tasks: readonly number[];
  readonly framesPerS: number;
  /** Whether the rows under a finger in the middle of the list are the same, at the same height, as before. */
  readonly listRests: boolean;
}

/** The first whole row in sight of the list, and how high it stands. */
const rowInSight = `(() => {
  const list = document.querySelector('[role=list][aria-label=Equipment], ul[aria-label=Equipment]');
  const top = document.querySelector('main').getBoundingClientRect().top + 300;
  const row = [...list.querySelectorAll('li, [role=listitem]')].find((one) => one.getBoundingClientRect().top >= top);
  return row.innerText.split('\\n')[0] + ' at ' + Math.round(row.getBoundingClientRect().top);
})()`;

async function watchCrowd(browser: Browser, count: number): Promise<Crowd> {
  const context = await newTablet(browser);
  const page = await tabletPage(context, false);
  await withTags(page, count);
  await page.goto(`/?level=${level}`);
  await page.waitForFunction(`Number(document.querySelector('[data-dots]')?.dataset.dots) >= ${count}`);
  const list = page.getByRole('list', { name: 'Equipment' });
  await list.hover();
  await page.mouse.wheel(0, 3_000);
  await page.waitForTimeout(loadedMs);
  const before = await page.evaluate<string>(rowInSight);
  const from = await page.evaluate<number>(`(() => {
    globalThis.frames_ = 0;
    const count = () => { frames_ += 1; requestAnimationFrame(count); };
    requestAnimationFrame(count);
    return performance.now();
  })()`);
  await page.waitForTimeout(watchMs);
  const framesPerS = (await page.evaluate<number>(`frames_ / (performance.now() - ${from})`)) * 1_000;
  const listRests = (await page.evaluate<string>(rowInSight)) === before;
  const tasks = await page.evaluate<number[]>(
    `longTasks.filter(({ startTime }) => startTime > ${from}).map(({ duration }) => duration)`,
  );
  const dots = await page.evaluate<number>(`Number(document.querySelector('[data-dots]').dataset.dots)`);
  await context.close();
  return { dots, tasks, framesPerS, listRests };
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const ms = (value: number): string => `${Math.round(value)} ms`;

async function main(): Promise<void> {
  const browser = await launchBrowser();
  const paints = [await firstUsefulPaint(browser), await firstUsefulPaint(browser), await firstUsefulPaint(browser)];
  const kept = await searchTimes(browser, true);
  const loaded = await searchTimes(browser, false);
  const rows = [
    `| first useful paint, empty cache, throttled, median of 3 | < 2.5 s | ${ms(percentile(paints, 0.5))} |`,
    `| open to the highlighted answer, app kept on the tablet, p95 of ${searches} | < 1 s | ${ms(percentile(kept, 0.95))} (median ${ms(percentile(kept, 0.5))}) |`,
    `| the same, the page loaded from the service each time, p95 of ${searches} | – | ${ms(percentile(loaded, 0.95))} (median ${ms(percentile(loaded, 0.5))}) |`,
  ];
  for (const count of [1_000, 5_000]) {
    const { dots, tasks, framesPerS, listRests } = await watchCrowd(browser, count);
    const wanted = count === 1_000 ? '< 200 ms' : '–';
    rows.push(
      `| longest task with ${dots} moving tags on one level, ${watchMs / 1000} s | ${wanted} | ${ms(Math.max(0, ...tasks))} (${tasks.length} over 50 ms) |`,
      `| frames a second then | – | ${framesPerS.toFixed(0)} |`,
      `| the list, scrolled, stays where it is | yes | ${listRests ? 'yes' : 'no'} |`,
    );
  }
  await browser.close();
  const report = `# The app on a tablet

Made by \`npm run bench:web\` in Chromium with WebGL by software on a two-core machine. Throttled: a ${slowdown} times slower
processor, 10 Mbit/s, 40 ms. "Kept on the tablet" is how a tablet opens the app every day: the service worker gives the
page and its files, the list of last time is shown at once with its age, and the nearest is asked of the service. The
map starts after the list, so that a tap is never behind it.

| figure | wanted | measured |
| --- | --- | --- |
${rows.join('\n')}
`;
  process.stdout.write(report);
  if (writes) writeFileSync('docs/performance-web.md', report);
}

void main();
