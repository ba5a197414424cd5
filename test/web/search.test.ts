import { beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../../src/assets/kinds';
import { AssetSearch, fold } from '../../web/src/lib/search/asset-search';
import { asset } from './examples';

describe('search', () => {
  const search = new AssetSearch();
  beforeAll(() => {
    search.setKinds(kinds);
    search.setAssets(
      [
        asset('1', { name: 'Infusion pump 001', number: 'IP-0001', serial: 'VLM24355-001' }),
        asset('2', { name: 'Infusion pump 012', number: 'IP-0012' }),
        asset('3', { name: 'Bed 012', number: 'BD-0012', kind: 'bed' }),
        asset('4', { name: 'Ultrasound 003', kind: 'ultrasound', number: 'US-0003' }),
      ],
      ({ id }) => (id === '4' ? 'Clean utility 3-110 Utilité propre' : 'Nurse station 2-112'),
    );
  });

  it.each(['iv pump', 'pompe', 'POMPE À PERF', 'infusion', 'infuson pump', 'drip'])(
    '“%s” finds infusion pumps first',
    (q) => {
      const found = search.find(q);
      expect(found.kinds).toContain('infusion-pump');
      expect(found.assets.slice(0, 2).toSorted()).toEqual(['1', '2']);
    },
  );

  it('ignores accents and case', () => {
    expect(fold('Échographe VÉSICAL')).toBe('echographe vesical');
    expect(search.find('echographe').kinds).toContain('ultrasound');
  });

  it.each([
    ['IP-0012', ['2']],
    ['ip0012', ['2']],
    ['bed 012', ['3']],
    ['VLM24355', ['1']],
    ['3-110', ['4']],
  ])('“%s” finds exactly what carries it', (q, ids) => {
    expect(search.find(q).assets).toEqual(ids);
  });

  it('takes no number for another that looks like it', () => {
    expect(search.find('0013').assets).toEqual([]);
  });

  it('finds nothing for nothing', () => {
    expect(search.find('  ')).toEqual({ kinds: [], assets: [] });
    expect(search.find('zzzz')).toEqual({ kinds: [], assets: [] });
  });
});
