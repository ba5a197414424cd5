import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser';
import { assetsAt, isFreePump } from '../support/hospital';
import { waitFor } from '../support/wait-for';

/** Counts what is drawn with WebGL, which is the map, and how often a sheet of dots over it is wiped. */
const countDraws = `globalThis.draws = 0;
  globalThis.wipes = 0;
  const count = (kind, name, counted) => {
    const draw = kind.prototype[name];
    kind.prototype[name] = function (...given) {
      counted();
      return draw.apply(this, given);
    };
  };
  for (const name of ['drawElements', 'drawArrays', 'clear']) count(WebGL2RenderingContext, name, () => (draws += 1));
  count(CanvasRenderingContext2D, 'clearRect', () => (wipes += 1));`;

/** Lets the socket through, and adds fixes of one tag to it: each a step further. */
async function stepsOf(page: Page, { levelId, tagId, x, y }: { levelId: string; tagId: string; x: number; y: number }) {
  let send: (text: string) => void = () => undefined;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer();
    send = (text) => socket.send(text);
  });
  let steps = 0;
  return (): void => {
    steps += 1;
    const [at, where] = [Date.now(), { x: x + steps / 10, y }];
    const certain = { radius50: 1, radius90: 2, zoneId: null, zoneProbability: 0.4, moving: true };
    const batch = { levelId, now: at, fixes: [{ tagId, at, ...where, ...certain }], left: [], silent: [] };
    send(`42/live,${JSON.stringify(['moved', batch])}`);
  };
}

/** Whether the map is as it was after `rounds` steps, each of which has moved the dots. */
async function restsThrough(page: Page, step: () => void, rounds: number): Promise<boolean> {
  const before = await page.evaluate<number>('draws');
  for (let i = 0; i < rounds; i++) {
    const wiped = await page.evaluate<number>('wipes');
    await waitFor('dots to move', async () => {
      step();
      return (await page.evaluate<number>('wipes')) > wiped;
    });
  }
  return (await page.evaluate<number>('draws')) === before;
}

describe('the map', () => {
  test('is not drawn anew while what is chosen moves over it', async () => {
    const address = inject('hospital');
    const pump = (await assetsAt(address)).find((asset) => isFreePump(asset) && asset.place !== null);
    if (pump?.place == null || pump.tagId === null) throw new Error('No pump is free');
    const { page, complaints } = await openPage(await openBrowser(), address, { bypassCSP: true });
    await page.addInitScript(countDraws);
    const step = await stepsOf(page, { ...pump.place, tagId: pump.tagId });

    await page.goto(`/?asset=${pump.id}`);
    await page.locator('[data-map=drawn][data-rests=true]').waitFor({ state: 'attached', timeout: 60_000 });
    // The first step leaves the room as far as one can say: its tint goes.
    await waitFor('the map to rest', () => restsThrough(page, step, 5), 30_000);
    expect(await page.evaluate<number>('draws')).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
