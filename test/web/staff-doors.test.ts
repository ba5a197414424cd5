import { afterEach, describe, expect, it, vi } from 'vitest';
import { AssetStore } from '../../web/src/lib/assets/asset-store.svelte';
import { NearestFinder } from '../../web/src/lib/nearest.svelte';
import { staffDoors } from '../../web/src/lib/staff-doors.svelte';

const here = { levelId: 'L1', unitId: 'u1', at: null };

/** Asks for the nearest pump and says what was asked of the service. */
async function asked(finder: NearestFinder): Promise<URLSearchParams> {
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(JSON.stringify({ results: [], soonest: [], now: 1 }))),
  );
  vi.stubGlobal('fetch', fetched);
  await finder.find('infusion-pump', here);
  const [input] = fetched.mock.calls[0] ?? [];
  return new URL(typeof input === 'string' ? input : '', 'http://hospital').searchParams;
}

describe('the choice of doors for staff only', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    staffDoors.choose(true);
  });

  const finder = new NearestFinder(
    () => new AssetStore(),
    () => false,
  );

  it('is asked of the service with the nearest, anew as soon as it changes, and is kept on the device', async () => {
    const open = await asked(finder);
    staffDoors.choose(false);
    const closed = await asked(finder);
    expect([open.get('badge'), closed.get('badge')]).toEqual(['yes', 'no']);
    expect(localStorage.getItem('whereabouts.staff-doors')).toBe('closed');
  });
});
