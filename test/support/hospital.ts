import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { end, launch, serviceOf } from './command';
import { waitFor } from './wait-for';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the hospital's app is. */
    hospital: string;
  }
}

/** Something of the demonstration hospital as the service tells it. */
export interface KnownAsset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly tagId: string | null;
  readonly availability: { readonly status: string };
  readonly claim: { readonly by: string } | null;
  readonly place: {
    readonly levelId: string;
    readonly x: number;
    readonly y: number;
    readonly unitId: string | null;
    readonly sectionId: string | null;
  } | null;
}

export async function assetsAt(address: string, query = ''): Promise<readonly KnownAsset[]> {
  return ((await (await fetch(`${address}/api/assets${query}`)).json()) as { assets: readonly KnownAsset[] }).assets;
}

export const isFreePump = ({ kind, availability }: KnownAsset): boolean =>
  kind === 'infusion-pump' && availability.status === 'free';

/**
 * The demonstration hospital, once for all tests in a browser. Its gateways speak until nearly everything has been
 * heard and pumps are known to be free, then nothing moves any more: a picture that changes every second costs a
 * browser without a graphics card more than all a test does.
 */
export default async function openHospital(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'whereabouts hospital-'));
  const running = launch(['start'], { DATA_DIR: dataDir, SIMULATE: 'off', SILENT_AFTER_S: '7200' });
  const service = await serviceOf(running);
  const gateways = launch(['simulate', '--mqtt', service.broker]);
  await waitFor('most equipment to be known', async () => isKnown(await assetsAt(service.address)), 120_000);
  await end(gateways);
  project.provide('hospital', service.address);
  return async () => {
    await end(running);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Free pumps on the levels where tests look for some, and most of the rest with a place. */
function isKnown(assets: readonly KnownAsset[]): boolean {
  const levels = assets.filter(isFreePump).map(({ place }) => place?.levelId);
  const placed = assets.filter(({ place }) => place !== null).length;
  const free = (level: string): number => levels.filter((one) => one === level).length;
  return placed > 0.9 * assets.length && free('L2') > 3 && free('L3') > 1;
}
