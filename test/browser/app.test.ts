import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser';
import { startService } from '../support/command';
import { assetsAt } from '../support/hospital';
import { temporaryDirectory } from '../support/temporary-directory';
import { waitFor } from '../support/wait-for';

/** All equipment that has been seen. */
const seen = async (address: string): Promise<number> =>
  (await assetsAt(address)).filter(({ place }) => place !== null).length;

const dots = async (page: Page): Promise<number> => Number(await page.locator('[data-dots]').getAttribute('data-dots'));
const levelOf = (page: Page): string | null => new URL(page.url()).searchParams.get('level');

/** `Lift B to Level 3, second door left.` */
const way = /(door (left|right)|straight ahead into .+|in this room)\./i;

interface Painted {
  readonly count: number;
  /** One of them, on the page. */
  readonly x: number;
  readonly y: number;
}

/** Pixels of the map painted as a free thing is, give or take: the dots are really on the screen. */
async function freePixels(page: Page): Promise<Painted> {
  // The map, with the sheets of dots that lie over it.
  const canvas = page.locator('canvas').first();
  const [picture, box] = [await canvas.screenshot(), await canvas.boundingBox()];
  const found = await page.evaluate<Painted>(`(async () => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,${picture.toString('base64')}')).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const free = getComputedStyle(document.documentElement).getPropertyValue('--free').trim();
    const wanted = [1, 3, 5].map((i) => parseInt(free.slice(i, i + 2), 16));
    const painted = { count: 0, x: 0, y: 0 };
    for (let i = 0; i < data.length; i += 4) {
      if (!wanted.every((value, j) => Math.abs(data[i + j] - value) < 6)) continue;
      Object.assign(painted, { x: (i / 4) % image.width, y: Math.floor(i / 4 / image.width) });
      painted.count += 1;
    }
    return painted;
  })()`);
  return { count: found.count, x: found.x + (box?.x ?? 0), y: found.y + (box?.y ?? 0) };
}

describe('the app', () => {
  test('leads from opening to the nearest free pump in two taps, and tells where a thing was', async () => {
    const { page, complaints, outside } = await openPage(await openBrowser(), inject('hospital'), { bypassCSP: true });

    await page.goto('/?level=L2');
    await waitFor('dots on the map', async () => (await dots(page)) > 20, 30_000);
    await waitFor('free dots to be painted', async () => (await freePixels(page)).count > 100, 30_000);

    // First tap: the kind. Second tap: the room one is in. The nearest is there.
    await page.getByRole('button', { name: /^Infusion pump \d+ free/ }).click();
    await page.getByRole('button', { name: /Nurse station 2-112/ }).click();
    await page.getByRole('heading', { name: /^Infusion pump \d+$/ }).waitFor();
    await page.getByText(way).waitFor();
    expect(await dots(page)).toBeGreaterThan(0);

    // From now on it is one tap from opening: the room is remembered on this device.
    await page.goto('/');
    await page.getByText('Nurse station 2-112').first().waitFor();
    await page.getByRole('button', { name: /^Infusion pump \d+ free/ }).click();
    await page.getByText(way).waitFor();

    // Its detail: where it is, why it is called free, and the last hour.
    await page.getByRole('button', { name: 'Details' }).click();
    await page
      .getByText(/(sure|within \d+ m)/)
      .first()
      .waitFor();
    await page.getByText(/^(At rest in .+ since \d\d:\d\d|Its room is not sure enough to say more)$/).waitFor();
    await page.locator('ol', { hasText: 'now' }).getByRole('listitem').first().waitFor();
    await page.getByRole('button', { name: 'In use', exact: true }).click();
    await page.getByText(/^Found in use at/).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Found in use at/).waitFor({ state: 'detached' });

    expect(complaints).toEqual([]);
    expect(outside).toEqual([]);
  });

  test('finds pumps by a French word, keeps list and map in step, and goes back by the browser', async () => {
    const { page, complaints } = await openPage(await openBrowser(), inject('hospital'), { bypassCSP: true });

    await page.goto('/?level=L2');
    await waitFor('dots on the map', async () => (await dots(page)) > 20, 30_000);
    const all = await dots(page);
    await page.getByRole('textbox', { name: 'Search equipment' }).fill('pompe');
    const kinds = page.getByRole('list', { name: 'Find the nearest' });
    expect(await kinds.getByRole('listitem').first().innerText()).toContain('Infusion pump');
    const list = page.getByRole('list', { name: 'Equipment' });
    expect(await list.getByRole('listitem').first().innerText()).toContain('Infusion pump');
    await waitFor('the map to show matches only', async () => (await dots(page)) < all);

    const first = list.getByRole('button').first();
    const name = (await first.innerText()).split('\n')[0] ?? '';
    await first.click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(new URL(page.url()).searchParams.get('asset')).not.toBeNull();
    await page.goBack();
    expect(await page.getByRole('textbox', { name: 'Search equipment' }).inputValue()).toBe('pompe');

    await page.getByRole('button', { name: 'Clear search' }).click();
    await page.getByRole('button', { name: /^Level 3, \d+ items$/ }).click();
    expect(levelOf(page)).toBe('L3');
    await page.getByRole('heading', { name: /^Level 3/ }).waitFor();

    // A finger on a dot opens it, or says which lie there on top of each other.
    const free = await waitFor('a free dot', async () => {
      const painted = await freePixels(page);
      return painted.count > 40 ? painted : null;
    });
    await page.touchscreen.tap(free.x, free.y);
    await waitFor('what was tapped', () => /[?&](asset|spot)=/.test(page.url()));
    await page.goBack();

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Français' }).check();
    await page.getByText('Trouver le plus proche').waitFor();
    expect(complaints).toEqual([]);
  });

  test('says how old its picture is when the service stops, and recovers when it is back', async () => {
    const DATA_DIR = temporaryDirectory();
    const service = await startService({ DATA_DIR });
    await waitFor('equipment to be seen', async () => (await seen(service.address)) > 100, 60_000);
    const { page } = await openPage(await openBrowser(), service.address);
    await page.goto('/?level=L2');
    await waitFor('dots on the map', async () => (await dots(page)) > 10, 30_000);

    service.child.kill('SIGTERM');
    await service.ended;
    await page.getByText(/^Not connected\. You see what was known at \d\d:\d\d/).waitFor();
    expect(await dots(page)).toBeGreaterThan(10);
    expect(await page.getByRole('list', { name: 'Equipment' }).getByRole('listitem').count()).toBeGreaterThan(3);

    await startService({ DATA_DIR, PORT: new URL(service.address).port });
    await page.getByText(/^Not connected/).waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByText('Live', { exact: true }).waitFor();
  });
});
