import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import { looks, type Screen, screensOf, showScreen } from '../support/screens';
import { screensPage, sheetOf, singles, sizes } from './sheets';

/**
 * Pictures of every screen in four looks, each screen and size on one sheet:
 * `npm run pictures -- <address of a running service> <directory> [parts of names, as in phone-home,worklist]`.
 * Into `docs/images/screens` it writes `docs/screens.md`, which shows them, too, and beside it the single pictures that
 * the README and the walk show.
 */
const [address = 'http://127.0.0.1:3000', directory = 'test-results/pictures', only = ''] = process.argv.slice(2);
const wanted = only.split(',');
const isForDocs = directory.endsWith('docs/images/screens');

interface View {
  readonly id: string;
  readonly kind: string;
  readonly availability: { readonly status: string };
  readonly place: { readonly sectionId: string | null } | null;
}

/** Something worth a picture: a pump that is free, and the department that has most. */
async function worthShowing(): Promise<{ item: string; section: string }> {
  const { assets } = (await (await fetch(`${address}/api/assets`)).json()) as { assets: readonly View[] };
  const counts = new Map<string, number>();
  for (const { place } of assets) {
    if (place?.sectionId != null) counts.set(place.sectionId, (counts.get(place.sectionId) ?? 0) + 1);
  }
  const free = assets.find(({ kind, availability }) => kind === 'infusion-pump' && availability.status === 'free');
  return {
    item: free?.id ?? assets[0]?.id ?? '',
    section: [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '',
  };
}

/** Until what was asked for has come, and the map, where there is one, has drawn all its names. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  // A new theme reaches the map with the next frame.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const map = page.locator('[data-rests]');
  if ((await map.count()) > 0) await page.locator('[data-map=drawn][data-rests=true]').waitFor({ state: 'attached' });
}

/** One screen in every look, in the order of `looks`. */
async function picturesOf(page: Page, screen: Screen): Promise<Buffer[]> {
  const taken: Buffer[] = [];
  for (const language of ['en', 'fr'] as const) {
    await page.evaluate(`localStorage.setItem('whereabouts.language', '${language}')`);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await showScreen(page, screen);
    for (const { theme } of looks.filter((look) => look.language === language)) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await settle(page);
      taken.push(await page.screenshot());
    }
    await page.context().setOffline(false);
  }
  return taken;
}

/** Those of a sheet's pictures that a page of the documentation shows by themselves. */
function keepSingles(sheet: string, pictures: readonly Buffer[]): void {
  looks.forEach(({ theme, language }, i) => {
    const name = `${sheet}-${theme}-${language}`;
    const picture = pictures[i];
    if (picture !== undefined && singles.has(name)) writeFileSync(join(directory, '..', `${name}.png`), picture);
  });
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  mkdirSync(directory, { recursive: true });
  const { item, section } = await worthShowing();
  const screens = screensOf(item, section);
  const desk: Page = await browser.newPage();
  for (const size of sizes) {
    const viewport = { width: size.width, height: size.height };
    const page = await browser.newPage({ viewport, hasTouch: true, baseURL: address, serviceWorkers: 'block' });
    await page.goto('/icon.svg');
    for (const screen of screens.filter((one) => size.name === 'tablet' || one.sizes.some((s) => s === size.name))) {
      const name = `${size.name}-${screen.name}`;
      if (!wanted.some((part) => name.includes(part))) continue;
      const pictures = await picturesOf(page, screen);
      writeFileSync(join(directory, `${name}.webp`), await sheetOf(desk, pictures, size));
      if (isForDocs) keepSingles(name, pictures);
      process.stdout.write(`${name}\n`);
    }
    await page.close();
  }
  await browser.close();
  if (isForDocs) writeFileSync('docs/screens.md', screensPage(screens));
}

void main();
