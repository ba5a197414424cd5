import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const debianChromium = '/usr/bin/chromium';
/** WebGL by software, and nothing that calls out. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `CHROMIUM_PATH`, Debian's, or the one that comes with `@sparticuz/chromium`. */
async function executablePath(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') return given;
  if (existsSync(debianChromium)) return debianChromium;
  // It unpacks libraries and fonts of its own only where it believes to be on that platform.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}

/** @param more flags beside those every test has */
export const launchBrowser = async (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: await executablePath(), args: [...flags, ...more] });
