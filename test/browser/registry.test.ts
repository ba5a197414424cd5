import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openBrowser, openPage, type WatchedPage } from '../support/browser';
import { temporaryDirectory } from '../support/temporary-directory';
import { waitFor } from '../support/wait-for';

const fresh = 'ac233f00beef';

interface Known {
  readonly id: string;
  readonly name: string;
  readonly tagIds: readonly string[];
  readonly photo: string | null;
}

const known = async (address: string, id: string): Promise<Known> =>
  (await (await fetch(`${address}/api/assets/${id}`)).json()) as Known;

/** What a camera would see: the page's own label, big, as a film of a few seconds (Y4M). */
async function film(page: Page, address: string, id: string): Promise<string> {
  await page.goto(`/?screen=labels&q=${id}`);
  const size = { width: 640, height: 480 };
  const path = await page.locator(`[data-label="${id}"] svg path`).getAttribute('d');
  const box = await page.locator(`[data-label="${id}"] svg`).getAttribute('viewBox');
  const grey = await page.evaluate<number[]>(`(() => {
    const context = new OffscreenCanvas(${size.width}, ${size.height}).getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, ${size.width}, ${size.height});
    context.translate(140, 60);
    const side = Number('${box ?? ''}'.split(' ')[2]);
    context.scale(360 / side, 360 / side);
    context.fillStyle = '#000';
    context.fill(new Path2D('${path ?? ''}'));
    const { data } = context.getImageData(0, 0, ${size.width}, ${size.height});
    return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4]);
  })()`);
  const chroma = Buffer.alloc((size.width * size.height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey), chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${size.width} H${size.height} F5:1 Ip A1:1 C420jpeg\n`);
  const file = join(temporaryDirectory(), 'label.y4m');
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: 10 }, () => frame)]));
  return file;
}

/** A new asset, its photograph, its tag by the closest-tag way. */
async function enterOne({ page }: WatchedPage, address: string): Promise<string> {
  await page.goto('/?screen=registry');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Kind').selectOption('wheelchair');
  await page.getByLabel('Name').fill('Blue wheelchair');
  await page.getByLabel('Number', { exact: true }).fill('WC-9000');
  await page.getByLabel('Notes').fill('Left wheel squeaks');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Edit equipment' }).waitFor();
  const id = new URL(page.url()).searchParams.get('item') ?? '';
  expect(await known(address, id)).toMatchObject({ name: 'Blue wheelchair', notes: 'Left wheel squeaks', tagIds: [] });

  const picture = await page.screenshot({ type: 'png' });
  await page.getByLabel('Take or choose').setInputFiles({ name: 'p.png', mimeType: 'image/png', buffer: picture });
  await page.getByRole('img', { name: 'Photograph of Blue wheelchair' }).waitFor();
  expect((await known(address, id)).photo).not.toBeNull();

  await page.getByRole('button', { name: 'Pair a tag' }).click();
  await page.getByRole('radio', { name: 'Find the closest tag' }).check();
  await page.getByRole('button', { name: 'Find the closest tag' }).click();
  const said = await page.getByText(/^Hold the tag up to gateway/).innerText();
  const gateway = /gateway (\S+),/.exec(said)?.[1] ?? '';
  await waitFor('the tag to be offered', async () => {
    const body = JSON.stringify({ sightings: [{ tagId: fresh, rssi: -41 }] });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${address}/api/gateways/${gateway}/messages`, { method: 'POST', headers, body });
    return page.getByText(fresh).isVisible();
  });
  await page.getByRole('button', { name: 'Pair', exact: true }).click();
  await page.getByText(`Tag ${fresh} is on Blue wheelchair now.`).waitFor();
  expect((await known(address, id)).tagIds).toEqual([fresh]);
  return id;
}

async function importSome({ page }: WatchedPage): Promise<void> {
  await page.goto('/?screen=import');
  const choose = (text: string) =>
    page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });
  await choose('id;name;kind\nlit-1;Lit d’été;toaster\nlit-2;Lit é;lit\n'.replace('’', "'"));
  await page.getByText('1 row cannot be taken:').waitFor();
  await page.getByText('unknown kind “toaster”').waitFor();
  await page.getByText(/^Read as WINDOWS-1252/).waitFor();
  expect(await page.getByRole('button', { name: /^Import/ }).count()).toBe(0);
  await choose('id;name;kind\nlit-2;Lit é;lit\n');
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await page.getByText('Imported.').waitFor();
}

/** The nearest is chosen around a room that was typed, and a search that led somewhere is offered again. */
async function searchAround({ page }: WatchedPage): Promise<void> {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Search equipment' }).fill('pmup near 3-110');
  const kinds = page.getByRole('list', { name: 'Find the nearest' });
  await kinds
    .getByText(/^Nearest to .*3-110/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await kinds.getByRole('button').first().click();
  await page
    .getByText(/3-110$/)
    .first()
    .waitFor();
  expect(new URL(page.url()).searchParams.get('near')).not.toBeNull();
  await page.goto('/');
  await page.getByRole('button', { name: 'pmup near 3-110' }).click();
  await kinds
    .getByText(/^Nearest to .*3-110/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await page.getByRole('button', { name: 'Clear kept and recent searches' }).click();
  expect(await page.getByRole('button', { name: 'pmup near 3-110' }).count()).toBe(0);
}

describe('the registry in a browser', () => {
  test('is edited, paired, imported, searched and scanned', async () => {
    const address = inject('hospital');
    const browser = await openBrowser();
    const watched = await openPage(browser, address, { bypassCSP: true });
    const { page } = watched;
    await page.goto('/?level=L2&here=choose');
    await page.getByRole('button', { name: /Nurse station 2-112/ }).click();

    const id = await enterOne(watched, address);
    await importSome(watched);
    await searchAround(watched);
    expect(watched.outside).toEqual([]);

    // No camera here: said so, and typing the number opens it too.
    await page.goto('/?screen=scan');
    await page.getByText(/Type the number below\.$/).waitFor();
    await page.getByLabel('Number, serial or tag').fill('wc 9000');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Blue wheelchair' }).waitFor();

    const camera = await openBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${await film(page, address, id)}`,
    ]);
    // With the page's own security policy: the reader of codes comes from this server.
    const seeing = await openPage(camera, address, { locale: 'fr-CA' });
    await seeing.page.goto('/?screen=scan');
    await seeing.page.getByRole('heading', { level: 1, name: 'Blue wheelchair' }).waitFor();
    expect(new URL(seeing.page.url()).searchParams.get('asset')).toBe(id);
    expect([...seeing.outside, ...seeing.complaints, ...watched.complaints]).toEqual([]);
  });
});
