import { writeFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeReport, type AxeRow } from '../support/axe-report';
import { openBrowser, openPage } from '../support/browser';
import { startService } from '../support/command';
import { looks, type Screen, screensOf, showScreen } from '../support/screens';
import { temporaryDirectory } from '../support/temporary-directory';
import { waitFor } from '../support/wait-for';

interface Known {
  readonly id: string;
  readonly kind: string;
  readonly availability: { readonly status: string };
  readonly place: { readonly sectionId: string | null } | null;
}

/** A pump that has been heard, when some are free. */
async function heardPump(address: string): Promise<Known> {
  return waitFor(
    'free infusion pumps',
    async () => {
      const { assets } = (await (await fetch(`${address}/api/assets`)).json()) as { assets: readonly Known[] };
      const free = assets.filter(
        ({ kind, availability }) => kind === 'infusion-pump' && availability.status === 'free',
      );
      return free.length > 3 ? free[0] : null;
    },
    120_000,
  );
}

/** WCAG 2.2 A and AA, and what axe holds to be good practice. */
async function tryScreen(page: Page, screen: Screen, look: string): Promise<AxeRow> {
  const { violations, passes, incomplete } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return {
    screen: screen.title,
    look,
    passed: passes.length,
    unsure: incomplete.map(({ id }) => id),
    faults: violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? 'unknown',
      where: nodes[0]?.html ?? '',
    })),
  };
}

/** Where the report goes: then all four looks are tried, else both languages and both themes in two. */
const { AXE_OUT = '' } = process.env;
const tried = looks.filter(({ language, theme }) => AXE_OUT !== '' || (language === 'en') === (theme === 'light'));

describe('every screen', () => {
  test('has no grave fault by axe, in English and French, light and dark', { timeout: 900_000 }, async () => {
    const { address } = await startService({ DATA_DIR: temporaryDirectory() });
    const { id, place } = await heardPump(address);
    const rows: AxeRow[] = [];
    const { page } = await openPage(await openBrowser(), address, {
      bypassCSP: true,
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    await page.goto('/');
    for (const screen of screensOf(id, place?.sectionId ?? '2-west')) {
      for (const language of ['en', 'fr'] as const) {
        await page.evaluate(`localStorage.setItem('whereabouts.language', '${language}')`);
        await showScreen(page, screen);
        for (const { theme } of tried.filter((look) => look.language === language)) {
          await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
          await page.locator(`html[data-theme=${theme}][lang=${language}]`).waitFor({ state: 'attached' });
          rows.push(await tryScreen(page, screen, `${language} ${theme}`));
        }
        await page.context().setOffline(false);
      }
    }
    if (AXE_OUT !== '') writeFileSync(AXE_OUT, axeReport(rows));
    const faults = rows.flatMap(({ screen, look, faults }) => faults.map((fault) => ({ screen, look, ...fault })));
    expect(faults.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });
});
