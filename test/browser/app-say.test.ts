import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser';
import { assetsAt, type KnownAsset } from '../support/hospital';
import { waitFor } from '../support/wait-for';

const pumps = (address: string): Promise<readonly KnownAsset[]> => assetsAt(address, '?kind=infusion-pump');

async function known(address: string, id: string): Promise<KnownAsset> {
  return (await (await fetch(`${address}/api/assets/${id}`)).json()) as KnownAsset;
}

/** At the nurse station, on the way to the nearest pump. */
async function seekPump(page: Page): Promise<void> {
  await page.goto('/?find=infusion-pump&level=L2');
  const station = page.getByRole('button', { name: /Nurse station 2-112/ });
  const take = page.getByRole('button', { name: 'I am taking it' });
  await station.or(take).first().waitFor();
  if (await station.isVisible()) await station.click().catch(() => undefined);
  await take.waitFor();
}

const shownPump = async (page: Page): Promise<string> =>
  (await page.getByRole('article').getByRole('heading', { level: 2 }).innerText()).trim();

describe('what a nurse says', () => {
  test('holds a pump for one tablet, corrects it for all, and survives a lost connection', async () => {
    const address = inject('hospital');
    const browser = await openBrowser();
    const open = () => openPage(browser, address, { bypassCSP: true, reducedMotion: 'reduce' });
    const [first, second] = [await open(), await open()];

    // Held by the first tablet; the second sees it taken and is shown another.
    await seekPump(first.page);
    const name = await shownPump(first.page);
    const pump = (await pumps(address)).find((asset) => asset.name === name);
    expect(pump).toBeDefined();
    const id = pump?.id ?? '';
    await first.page.getByRole('button', { name: 'I am taking it' }).click();
    await first.page.getByText(/^Held for you/).waitFor();
    await first.page.getByText(/^(10:00|9:\d\d)$/).waitFor();
    await seekPump(second.page);
    expect(await shownPump(second.page)).not.toBe(name);
    await second.page.goto(`/?asset=${id}`);
    await second.page.getByText(/^Another tablet is on the way to it/).waitFor();

    // Given back, it is free for the second at once.
    await first.page.getByRole('button', { name: 'Not going after all' }).click();
    await second.page.getByText(/^Another tablet is on the way to it/).waitFor({ state: 'detached' });

    // One tap on one tablet is on the screen of the other, and is taken back as easily.
    await second.page.getByRole('button', { name: 'Dirty' }).click();
    await waitFor('everyone to know', async () => (await known(address, id)).availability.status === 'needs-cleaning');
    await first.page.goto(`/?asset=${id}`);
    await first.page.getByText('Needs cleaning').first().waitFor();
    await second.page.getByRole('main').getByRole('button', { name: 'Undo' }).click();
    await waitFor('it to be clean again', async () => {
      return (await known(address, id)).availability.status !== 'needs-cleaning';
    });

    // A fault is reported with its note, by keyboard.
    await second.page.getByRole('button', { name: 'Broken' }).press('Enter');
    await second.page.getByLabel('What is wrong? (may stay empty)').fill('does not charge');
    await second.page.getByRole('button', { name: 'Report as broken' }).press('Enter');
    await waitFor('it to be out of service', async () => {
      return (await known(address, id)).availability.status === 'out-of-service';
    });

    // Without network: the app opens, says how old it is, and keeps what is said.
    const { page } = first;
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.reload();
    await page.getByText('Out of service').first().waitFor();
    await page.context().setOffline(true);
    await page.getByText(/^Not connected\. You see what was known at \d\d:\d\d/).waitFor();
    await page.reload();
    await page.getByText(/^Not connected\. You see what was known at \d\d:\d\d/).waitFor();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('button', { name: 'Free', exact: true }).click();
    await page.getByText(/is kept on this tablet and sent when connected/).waitFor();
    await page.reload();
    await page.getByText('“Free” waits to be sent').waitFor();

    // Back: it is sent, once.
    await page.context().setOffline(false);
    await page.getByText('“Free” waits to be sent').waitFor({ state: 'detached', timeout: 60_000 });
    await waitFor('it to be free', async () => (await known(address, id)).availability.status === 'free');
  });
});
