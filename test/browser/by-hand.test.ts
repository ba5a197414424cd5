import type { Browser, Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser';
import { focusOf } from '../support/focus';
import { assetsAt } from '../support/hospital';
import { older, versionProxy } from '../support/version-proxy';
import { waitFor } from '../support/wait-for';

const standing = `localStorage.setItem('whereabouts.here', JSON.stringify({ levelId: 'L2', unitId: '2-112', at: null }))`;

/** Presses Tab until this has the focus; all on the way must show that they have it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    expect(focus, `focus on the way to ${String(name)}`).toMatchObject({ visible: true });
    if (name.test(focus.name)) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}`);
}

/** A whole search without a finger, the focus always in sight. */
async function searchByKeyboard(browser: Browser, address: string): Promise<void> {
  const { page, complaints } = await openPage(browser, address, { reducedMotion: 'reduce' });
  const { keyboard } = page;
  await page.goto('/?level=L2');
  await page.getByRole('button', { name: /^Infusion pump \d+ free/ }).waitFor();

  // The first stop leads past the head of the page.
  await keyboard.press('Tab');
  expect(await focusOf(page)).toEqual({ name: 'Skip to the list', visible: true });

  // A slash goes to the search box, an arrow to what was found, Enter takes it.
  await keyboard.press('/');
  await keyboard.type('infuson pump');
  await page.getByRole('list', { name: 'Find the nearest' }).waitFor();
  await keyboard.press('ArrowDown');
  expect(await focusOf(page)).toMatchObject({
    name: expect.stringMatching(/^Infusion pump/) as string,
    visible: true,
  });
  await keyboard.press('Enter');

  // Where one is: by room number.
  await page.getByRole('heading', { level: 1, name: 'Where are you?' }).waitFor();
  await tabTo(page, /^Room name or number$/);
  await keyboard.type('2-112');
  await tabTo(page, /^Nurse station 2-112/);
  await keyboard.press('Enter');

  // The answer; it is taken and given back.
  await page.getByRole('article').waitFor();
  await tabTo(page, /^I am taking it$/);
  await keyboard.press('Enter');
  // The socket may tell of it before the answer has come: until then the button that gives it back waits, too.
  await page.getByText(/^Held for you/).waitFor();
  await page.getByRole('button', { name: 'Not going after all', disabled: false }).waitFor();
  // The focus stays where it was: the same button gives it back.
  expect(await focusOf(page)).toEqual({ name: 'Not going after all', visible: true });
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'I am taking it', disabled: false }).waitFor();
  expect(await focusOf(page)).toEqual({ name: 'I am taking it', visible: true });

  // A dialog takes the focus, Escape gives it back; Escape again leads back to the search.
  await tabTo(page, /^Broken$/);
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect((await focusOf(page)).visible).toBe(true);
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('article').waitFor();
  await keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Search equipment' }).waitFor();

  // Arrows go from row to row.
  await keyboard.press('/');
  await keyboard.press('Escape');
  const rows = page.getByRole('list', { name: 'Equipment' }).getByRole('button');
  await rows.first().focus();
  const from = (await focusOf(page)).name;
  await keyboard.press('ArrowDown');
  expect((await focusOf(page)).name).not.toBe(from);
  await keyboard.press('ArrowUp');
  expect((await focusOf(page)).name.split('\n')[0]).toBe(from.split('\n')[0]);
  expect(complaints).toEqual([]);
}

/** Every size stands or lies as it should, nothing is too small, nothing moves. */
async function holdEitherWay(browser: Browser, address: string): Promise<void> {
  const { page } = await openPage(browser, address, { reducedMotion: 'reduce' });
  await page.addInitScript(standing);
  for (const [width, height] of [
    [1280, 800],
    [800, 1280],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const path of ['/?level=L2', '/?find=infusion-pump', '/?screen=worklist', '/?screen=wall&section=2-west']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(width);
      const small = await page.evaluate<
        string[]
      >(`[...document.querySelectorAll('button, select, input:not([type=radio], [type=file])')]
        .filter((element) => element.offsetParent !== null && element.getBoundingClientRect().height < 47.5)
        .map((element) => element.outerHTML.slice(0, 120))`);
      expect(small, `too small for a finger: ${path} at ${width}`).toEqual([]);
    }
    await page.goto('/?find=infusion-pump');
    await page.getByRole('article').waitFor();
    const [map, panel] = [
      await page.getByRole('region', { name: 'Map' }).boundingBox(),
      await page.getByRole('main').boundingBox(),
    ];
    const beside = (panel?.x ?? 0) + (panel?.width ?? 0) <= (map?.x ?? 0) + 1;
    const below = (panel?.y ?? 0) > (map?.y ?? 0) + 100;
    expect({ beside, below }, `at ${width}`).toEqual({ beside: width > height, below: width < height });
  }
  expect(await page.evaluate<number>('document.getAnimations().length')).toBe(0);
}

/** The place is that of the tag the tablet wears, until a room is chosen. */
async function goByOwnTag(browser: Browser, address: string): Promise<void> {
  const { page, complaints } = await openPage(browser, address, { reducedMotion: 'reduce' });
  const cart = (await assetsAt(address)).find(({ kind, place }) => kind === 'vital-signs-monitor' && place !== null);
  const { id = '', name = '' } = cart ?? {};
  await page.goto('/?level=L2');
  await page.getByRole('button', { name: 'Choose my room' }).click();
  await page.getByRole('radio', { name: 'By its own tag' }).check();
  await page.getByLabel('Name, number or tag of the cart or tablet').fill(name);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByText(`You are with ${name}`).waitFor();

  // Kept on this tablet, and the service itself looks where the tag is.
  const asked = page.waitForRequest(/\/api\/assets\/nearest/);
  await page.goto('/?find=infusion-pump');
  expect(new URL((await asked).url()).searchParams.get('from')).toBe(`asset:${id}`);
  await page.getByRole('article').waitFor();
  await page.getByText(`You are with ${name}`).first().waitFor();

  // A room chosen by hand ends it.
  await page.getByRole('button', { name: /You are with/ }).click();
  await page.getByRole('radio', { name: 'I choose a room' }).check();
  await page
    .getByRole('button', { name: /Nurse station/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^From Nurse station/ }).waitFor();
  expect(complaints).toEqual([]);
}

describe('the app in the hand', () => {
  test('is searched by keyboard, held either way and carried about', { timeout: 600_000 }, async () => {
    const address = inject('hospital');
    const browser = await openBrowser();
    await searchByKeyboard(browser, address);
    await holdEitherWay(browser, address);
    await goByOwnTag(browser, address);
  });

  test('draws no dots of one level on the plan of another', async () => {
    const { page } = await openPage(await openBrowser(), inject('hospital'), { serviceWorkers: 'block' });
    const dots = async () => Number(await page.locator('[data-dots]').getAttribute('data-dots'));
    await page.goto('/?level=L2');
    await waitFor('the dots of level 2', async () => (await dots()) > 0);

    let send = (): void => undefined;
    const sent = new Promise<void>((resolve) => (send = resolve));
    await page.route('**/levels/L1', async (route) => {
      await sent;
      await route.continue();
    });
    await page.getByRole('button', { name: /^Level 1, \d+ items?$/ }).click();
    await page.getByText('Loading the floor plan…').waitFor();
    expect(await dots()).toBe(0);
    send();
    await waitFor('the dots of level 1', async () => (await dots()) > 0);
  });

  test('says that a newer version is there, and takes it when told to', async () => {
    const proxy = await versionProxy(inject('hospital'));
    const { page } = await openPage(await openBrowser(), proxy.address);
    const versions = () => page.evaluate<string[]>('caches.keys()');
    await page.goto('/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await waitFor('the app to be kept', async () => (await versions()).includes(`app-${older}`));

    proxy.update();
    await page.evaluate(
      'navigator.serviceWorker.getRegistration().then((kept) => kept.update()).then(() => undefined)',
    );
    await page.getByText('A new version is ready.').waitFor();
    const opened = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Use it now' }).click();
    await opened;
    await page.getByRole('heading', { level: 1 }).waitFor();
    const current = await page.evaluate<string>(
      `fetch('/sw.js', { cache: 'reload' }).then((reply) => reply.text()).then((text) => /app-[0-9a-f]{12}/.exec(text)[0])`,
    );
    expect(await versions()).toContain(current);
    await page.getByText('A new version is ready.').waitFor({ state: 'detached' });
    const state = await page.evaluate<string>('navigator.serviceWorker.controller.state');
    expect(['activating', 'activated']).toContain(state);
  });
});
