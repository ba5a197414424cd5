import { describe, expect, it } from 'vitest';
import { AssetStore } from '../../web/src/lib/assets/asset-store.svelte';
import { asset, place } from './examples';

describe('the store of assets', () => {
  const filled = (): AssetStore => {
    const store = new AssetStore();
    store.replace([asset('a', { name: 'Pump 1' }), asset('b', { name: 'Pump 2' })]);
    return store;
  };

  it('is to be put in order anew only when something comes, goes or is called otherwise', () => {
    const store = filled();
    const { roster } = store;
    store.change([asset('a', { name: 'Pump 1', place: place({ levelId: 'L9', unitId: 'elsewhere' }) })]);
    expect(store.roster).toBe(roster);

    store.change([asset('a', { name: 'Pump 7' })]);
    store.change([asset('c', { name: 'Pump 3' })]);
    expect(store.roster).toBe(roster + 2);
  });

  it('gives what it has in the order asked for, as it is now', () => {
    const store = filled();
    store.change([asset('a', { name: 'Pump 7' })]);
    expect(store.inOrder(['b', 'gone', 'a']).map(({ name }) => name)).toEqual(['Pump 2', 'Pump 7']);
  });
});
