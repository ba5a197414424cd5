import type { Page } from 'playwright-core';

/** One screen of the app, as the pictures show it and as its accessibility is tried. */
export interface Screen {
  readonly name: string;
  /** What it is, for the pages that show it. */
  readonly title: string;
  readonly path: string;
  /** Sizes it is pictured at beside the tablet; `wall` alone is what a screen on the wall shows. */
  readonly sizes: readonly ('phone' | 'portrait' | 'desktop' | 'wallboard')[];
  /** The tablet has not been told where it is. */
  readonly isNew?: true;
  /** What is done there before looking. */
  readonly open?: (page: Page) => Promise<void>;
}

const press = (selector: string) => (page: Page) => page.locator(selector).first().click();
const csv = "id;name;kind;poids\nlit-1;Lit d'été;toaster;3\nlit-2;Lit é;lit;3\n;Lit 9;bed;\n";

/** @param item an asset that has been heard @param section a department that has some */
export const screensOf = (item: string, section: string): readonly Screen[] => [
  { name: 'first', title: 'The first opening', path: '/?level=L2', sizes: ['phone'], isNew: true },
  { name: 'home', title: 'Home', path: '/?level=L2', sizes: ['phone', 'portrait', 'desktop'] },
  { name: 'search', title: 'Search', path: '/?q=pomp&level=L2', sizes: ['phone'] },
  { name: 'no-match', title: 'Nothing found', path: '/?q=zzzz&level=L2', sizes: [] },
  { name: 'nearest', title: 'The nearest', path: '/?find=infusion-pump', sizes: ['phone', 'portrait', 'desktop'] },
  { name: 'detail', title: 'One item', path: `/?asset=${item}`, sizes: ['phone', 'portrait'] },
  { name: 'missing', title: 'An item that is not known', path: '/?asset=nothing', sizes: [] },
  {
    name: 'fault',
    title: 'Report a fault',
    path: `/?asset=${item}`,
    sizes: ['phone'],
    open: press('button.broken'),
  },
  { name: 'where', title: 'Where am I: a room', path: '/?here=choose&level=L2', sizes: ['phone'] },
  {
    name: 'where-tag',
    title: 'Where am I: by its own tag',
    path: '/?here=choose&level=L2',
    sizes: ['phone'],
    async open(page) {
      await page.locator('.how input[type=radio]').nth(1).check();
      await page.locator('.top input').fill('vital 00');
    },
  },
  { name: 'worklist', title: 'Worklist', path: '/?screen=worklist', sizes: ['phone'] },
  { name: 'scan', title: 'Scan a label', path: '/?screen=scan', sizes: ['phone'] },
  { name: 'registry', title: 'Equipment list', path: '/?screen=registry', sizes: ['phone'] },
  { name: 'edit', title: 'Change an item', path: `/?screen=edit&item=${item}`, sizes: ['phone'] },
  { name: 'add', title: 'Add an item', path: '/?screen=edit', sizes: [] },
  { name: 'pair', title: 'Pair a tag by its code', path: `/?screen=pair&item=${item}`, sizes: [] },
  {
    name: 'pair-closest',
    title: 'Pair the closest tag',
    path: `/?screen=pair&item=${item}`,
    sizes: ['phone'],
    open: (page) => page.locator('.panel input[type=radio]').nth(1).check(),
  },
  { name: 'import', title: 'Import a list', path: '/?screen=import', sizes: [] },
  {
    name: 'import-refused',
    title: 'Rows that cannot be imported',
    path: '/?screen=import',
    sizes: ['phone'],
    async open(page) {
      const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('toaster').waitFor();
    },
  },
  { name: 'labels', title: 'Labels', path: '/?screen=labels&q=pump', sizes: [] },
  { name: 'sections', title: 'Choose a department', path: '/?screen=wall', sizes: [] },
  {
    name: 'wall',
    title: 'Wallboard',
    path: `/?screen=wall&section=${section}`,
    sizes: ['phone', 'wallboard'],
  },
  { name: 'operations', title: 'How the service runs', path: '/?screen=operations', sizes: ['phone'] },
  { name: 'menu', title: 'Menu', path: '/?level=L2', sizes: ['phone'], open: press('.menu-trigger') },
  { name: 'settings', title: 'Settings', path: '/?level=L2', sizes: ['phone'], open: press('.settings-trigger') },
  { name: 'legend', title: 'Legend', path: '/?level=L2', sizes: ['phone'], open: press('.legend-trigger') },
  {
    name: 'offline',
    title: 'Without a connection',
    path: '/?level=L2',
    sizes: ['phone'],
    async open(page) {
      await page.context().setOffline(true);
      await page.locator('.banner').waitFor();
    },
  },
];

/**
 * Opens it and waits until it can be looked at.
 * @param inApp whether to go there from the screen before, as by a tap, instead of opening the app anew
 */
export async function showScreen(page: Page, { name, path, isNew, open }: Screen, inApp = false): Promise<void> {
  const here = isNew === true ? null : JSON.stringify({ levelId: 'L2', unitId: '2-112', at: null });
  await page.evaluate(
    `${JSON.stringify(here)} === null ? localStorage.removeItem('whereabouts.here') : localStorage.setItem('whereabouts.here', ${JSON.stringify(here)})`,
  );
  await (inApp ? follow(page, path) : page.goto(path));
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  if (!['wall', 'sections', 'labels', 'operations'].includes(name)) {
    await page.locator('[data-map=drawn]').waitFor({ state: 'attached', timeout: 60_000 });
  }
  if (name === 'nearest') await page.getByRole('article').waitFor();
  await open?.(page);
}

const follow = (page: Page, path: string): Promise<unknown> =>
  page.evaluate(`history.pushState(null, '', '${path}'); dispatchEvent(new PopStateEvent('popstate'))`);

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'fr';
}

export const looks: readonly Look[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'fr' },
  { theme: 'dark', language: 'fr' },
];
