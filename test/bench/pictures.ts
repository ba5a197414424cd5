import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium';

/**
 * Pictures of every screen: `npm run pictures -- <address of a running service> <directory> [part of a name]`.
 * Each at its own size, light and dark, English and French.
 */
const [address = 'http://127.0.0.1:3000', directory = 'test-results/pictures', only = ''] = process.argv.slice(2);

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

const tablet: Size = { name: 'tablet', width: 1280, height: 800 };
const portrait: Size = { name: 'portrait', width: 800, height: 1280 };
const phone: Size = { name: 'phone', width: 390, height: 844 };
const wallboard: Size = { name: 'wallboard', width: 1920, height: 1080 };
const hand = [tablet, portrait, phone];

const screens: readonly { name: string; path: string; sizes: readonly Size[]; open?: (page: Page) => Promise<void> }[] =
  [
    { name: 'home', path: '/?level=L2', sizes: hand },
    { name: 'search', path: '/?q=pomp&level=L2', sizes: hand },
    { name: 'nearest', path: '/?find=infusion-pump', sizes: hand },
    { name: 'detail', path: '/?asset=infusion-pump-001', sizes: hand },
    { name: 'where', path: '/?here=choose&level=L2', sizes: hand },
    { name: 'worklist', path: '/?screen=worklist', sizes: hand },
    { name: 'sections', path: '/?screen=wall', sizes: [tablet] },
    { name: 'wall', path: '/?screen=wall&section={section}', sizes: [wallboard, tablet, phone] },
    {
      name: 'fault',
      path: '/?asset=infusion-pump-001',
      sizes: [tablet, phone],
      open: (page) => page.locator('button.broken').click(),
    },
  ];

interface Look {
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'fr';
}

const looks: readonly Look[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'fr' },
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'fr' },
];

async function sectionWithMost(): Promise<string> {
  const reply = await fetch(`${address}/api/assets`);
  const { assets } = (await reply.json()) as { assets: { place: { sectionId: string | null } | null }[] };
  const counts = new Map<string, number>();
  for (const { place } of assets) {
    if (place?.sectionId != null) counts.set(place.sectionId, (counts.get(place.sectionId) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

async function takeAll(browser: Browser, section: string, size: Size, { theme, language }: Look): Promise<void> {
  const viewport = { width: size.width, height: size.height };
  const context = await browser.newContext({ viewport, hasTouch: true, baseURL: address, reducedMotion: 'reduce' });
  const here = JSON.stringify({ levelId: 'L2', unitId: '2-112', at: null });
  await context.addInitScript(
    `localStorage.setItem('whereabouts.theme', '${theme}'); localStorage.setItem('whereabouts.language', '${language}');
     localStorage.setItem('whereabouts.here', '${here}');`,
  );
  const page = await context.newPage();
  for (const { name, path, sizes, open } of screens) {
    if (!sizes.includes(size) || !`${size.name}-${name}`.includes(only)) continue;
    await page.goto(path.replace('{section}', section));
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (name !== 'wall' && name !== 'sections') await page.locator('canvas').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.waitForTimeout(2_500);
    await open?.(page);
    await page.screenshot({ path: join(directory, `${size.name}-${name}-${theme}-${language}.png`) });
  }
  await context.close();
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  mkdirSync(directory, { recursive: true });
  const section = await sectionWithMost();
  for (const size of [...hand, wallboard]) for (const look of looks) await takeAll(browser, section, size, look);
  await browser.close();
}

void main();
