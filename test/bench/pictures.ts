import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import { type Look, looks, type Screen, screensOf, showScreen } from '../support/screens';
import { screensPage, sheetOf, type Size, sizes } from './sheets';

/**
 * Pictures of every screen in four looks, each screen and size on one sheet:
 * `npm run pictures -- <address of a running service> <directory> [part of a name, as in phone-home]`.
 * Into `docs/images/screens` it writes `docs/screens.md`, which shows them, too.
 */
const [address = 'http://127.0.0.1:3000', directory = 'test-results/pictures', only = ''] = process.argv.slice(2);

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

/** Dots and words on the map come a moment after it says that it is drawn. */
const settleMs = 900;

async function picture(browser: Browser, screen: Screen, size: Size, { theme, language }: Look): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    hasTouch: true,
    baseURL: address,
    locale: `${language}-CA`,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  await context.addInitScript(
    `localStorage.setItem('whereabouts.theme', '${theme}'); localStorage.setItem('whereabouts.language', '${language}');`,
  );
  const page = await context.newPage();
  await page.goto('/icon.svg');
  await showScreen(page, screen);
  await page.waitForTimeout(settleMs);
  const taken = await page.screenshot();
  await context.close();
  return taken;
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  mkdirSync(directory, { recursive: true });
  const { item, section } = await worthShowing();
  const screens = screensOf(item, section);
  const desk: Page = await browser.newPage();
  for (const size of sizes) {
    for (const screen of screens.filter((one) => size.name === 'tablet' || one.sizes.some((s) => s === size.name))) {
      const name = `${size.name}-${screen.name}`;
      if (!name.includes(only)) continue;
      const taken: Buffer[] = [];
      for (const look of looks) taken.push(await picture(browser, screen, size, look));
      writeFileSync(join(directory, `${name}.webp`), await sheetOf(desk, taken, size));
      process.stdout.write(`${name}\n`);
    }
  }
  await browser.close();
  if (directory.endsWith('docs/images/screens')) writeFileSync('docs/screens.md', screensPage(screens));
}

void main();
