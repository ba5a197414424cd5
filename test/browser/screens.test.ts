import { writeFileSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeReport, type AxeRow, type KeyboardWalk, namesIn } from '../support/axe-report';
import { openBrowser, openPage } from '../support/browser';
import { type Focus, focusOf } from '../support/focus';
import { assetsAt, isFreePump } from '../support/hospital';
import { looks, type Screen, screensOf, showScreen } from '../support/screens';

/** WCAG 2.2 A and AA, and what axe holds to be good practice. */
async function tryScreen(page: Page, screen: Screen, look: string): Promise<AxeRow> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  const { violations, passes, incomplete } = await page.evaluate<AxeResults>('axe.run()');
  return {
    screen: screen.title,
    look,
    passed: passes.length,
    ...namesIn(await page.locator('body').ariaSnapshot()),
    unsure: incomplete.map(({ id }) => id),
    faults: violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? 'unknown',
      where: nodes[0]?.html ?? '',
    })),
  };
}

/** Where Tab leads on a screen, stop by stop. */
async function walk(page: Page, screen: Screen): Promise<KeyboardWalk> {
  await showScreen(page, screen);
  const stops: Focus[] = [];
  for (let i = 0; i < 16; i++) {
    await page.keyboard.press('Tab');
    stops.push(await focusOf(page));
  }
  return { screen: screen.title, stops };
}

/** Where the report goes: then all four looks are tried, else both languages and both themes in two. */
const { AXE_OUT = '' } = process.env;
const tried = looks.filter(({ language, theme }) => AXE_OUT !== '' || (language === 'en') === (theme === 'light'));

async function report(page: Page, screens: readonly Screen[], rows: readonly AxeRow[]): Promise<void> {
  await page.evaluate(`localStorage.setItem('whereabouts.language', 'en')`);
  const walks: KeyboardWalk[] = [];
  for (const screen of screens.filter(({ name }) => name === 'home' || name === 'nearest')) {
    walks.push(await walk(page, screen));
  }
  const told = await page.getByRole('article').ariaSnapshot();
  writeFileSync(AXE_OUT, axeReport(rows, walks, told));
}

describe('every screen', () => {
  test(
    'has no grave fault by axe, in English and French, light and dark',
    { timeout: AXE_OUT === '' ? 900_000 : 1_800_000 },
    async () => {
      const address = inject('hospital');
      const pump = (await assetsAt(address)).find(isFreePump);
      if (pump === undefined) throw new Error('No pump is free');
      const rows: AxeRow[] = [];
      const { page } = await openPage(await openBrowser(), address, {
        bypassCSP: true,
        reducedMotion: 'reduce',
        serviceWorkers: 'block',
      });
      await page.goto('/');
      for (const language of ['en', 'fr'] as const) {
        await page.evaluate(`localStorage.setItem('whereabouts.language', '${language}')`);
        const themes = tried.filter((look) => look.language === language).map(({ theme }) => theme);
        let isAsOpened = false;
        for (const screen of screensOf(pump.id, pump.place?.sectionId ?? '2-west')) {
          await showScreen(page, screen, isAsOpened);
          isAsOpened = screen.open === undefined && screen.isNew === undefined;
          for (const theme of themes) {
            await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
            await page.locator(`html[data-theme=${theme}][lang=${language}]`).waitFor({ state: 'attached' });
            rows.push(await tryScreen(page, screen, `${language} ${theme}`));
          }
          await page.context().setOffline(false);
        }
      }
      if (AXE_OUT !== '') await report(page, screensOf(pump.id, '2-west'), rows);
      expect(rows.flatMap(({ screen, nameless }) => nameless.map((control) => ({ screen, control })))).toEqual([]);
      const faults = rows.flatMap(({ screen, look, faults }) => faults.map((fault) => ({ screen, look, ...fault })));
      expect(faults.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    },
  );
});
