import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchBrowser } from './chromium';

const pictures = join(__dirname, '../../test-results');

/** A browser for one test, closed when it ends. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const browser = await launchBrowser(more);
  onTestFinished(() => browser.close());
  return browser;
}

export interface WatchedPage {
  readonly page: Page;
  /** What the page complained of: errors of its own and of its console. */
  readonly complaints: readonly string[];
  /** Requests that went to another host: there must be none. */
  readonly outside: readonly string[];
}

/** A page on a 10-inch tablet held sideways, unless told otherwise. When the test fails its picture is kept. */
export async function openPage(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, hasTouch: true, locale: 'en-CA', baseURL, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const outside: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(baseURL).host) outside.push(request.url());
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${task.name.replace(/\W+/g, '-')}.png`) });
  });
  return { page, complaints, outside };
}
