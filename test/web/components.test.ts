import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './browser-stubs';
import Choice from '../../web/src/lib/ui/Choice.svelte';
import StatusBadge from '../../web/src/lib/ui/StatusBadge.svelte';
import VirtualList from '../../web/src/lib/ui/VirtualList.svelte';
import RadioModel from '../../web/src/screens/operations/RadioModel.svelte';
import LocationQuality from '../../web/src/screens/operations/LocationQuality.svelte';
import NearestNone from '../../web/src/screens/NearestNone.svelte';
import { language } from '../../web/src/lib/i18n/language.svelte';
import { reactiveProps } from './reactive-props.svelte';

let mounted: ReturnType<typeof mount> | null = null;
const target = document.body;

beforeEach(() => language.choose('en'));
afterEach(async () => {
  if (mounted !== null) await unmount(mounted);
  mounted = null;
});

describe('StatusBadge', () => {
  it('says availability in words beside its sign, in the language chosen', () => {
    mounted = mount(StatusBadge, { target, props: { said: { status: 'needs-cleaning' as const } } });
    expect(target.textContent).toContain('Needs cleaning');
    expect(target.querySelector('svg')).not.toBeNull();
    language.choose('fr');
    flushSync();
    expect(target.textContent).toContain('À nettoyer');
  });

  it('says of a free one that is not surely so that it is probably free', () => {
    const said = { status: 'free', probable: true } as const;
    mounted = mount(StatusBadge, { target, props: { said } });
    expect(target.textContent).toContain('Probably free');
    language.choose('fr');
    flushSync();
    expect(target.textContent).toContain('Probablement libre');
  });
});

describe('Choice', () => {
  it('is a group of radio buttons with a name, and tells what was chosen', () => {
    const choose = vi.fn();
    const options = [
      { value: 'light', text: 'Light' },
      { value: 'dark', text: 'Dark' },
    ];
    mounted = mount(Choice, { target, props: { label: 'Appearance', options, value: 'light', choose } });
    const radios = [...target.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map(({ checked }) => checked)).toEqual([true, false]);
    expect(target.querySelector('legend')?.textContent).toBe('Appearance');
    radios[1]?.click();
    expect(choose).toHaveBeenCalledWith('dark');
  });
});

describe('NearestNone', () => {
  const leftOut = { unavailable: 3, claimed: 0, unplaced: 0, unreachable: 2 };
  const reply = (change: object) => {
    const from = { levelId: 'L1', x: 1, y: 2, unitId: null };
    return { now: 0, from, with: 'none' as const, results: [], soonest: [], ask: [], leftOut, ...change };
  };

  it('says that no way leads to a free one rather than that none is free', () => {
    mounted = mount(NearestNone, { target, props: { reply: reply({ with: 'bed' }), kindName: 'infusion pump' } });
    expect(target.textContent).toContain('No way leads from here to a free infusion pump.');
    expect(target.textContent).toContain('2 free, but no way leads there with a bed · 3 in use, dirty or broken');
    language.choose('fr');
    flushSync();
    expect(target.textContent).toContain('2 libres, mais aucun chemin n’y mène avec un lit');
  });

  it('says that none is free when none is', () => {
    const none = reply({ leftOut: { ...leftOut, unreachable: 0 } });
    mounted = mount(NearestNone, { target, props: { reply: none, kindName: 'infusion pump' } });
    expect(target.textContent).toContain('No free infusion pump is known right now. 3 in use, dirty or broken');
  });
});

describe('RadioModel', () => {
  const refused = {
    version: 4,
    fittedAt: 0,
    basis: 'references' as const,
    kept: [2, 3, 4],
    refit: { suspects: [{ gatewayId: 'gw-7' }] },
    isRefitOn: true,
    lastRefit: { at: 0, outcome: 'refused' as const, detail: 'Not put to use: 0.4 dB worse' },
  };

  it('says which version is in use, what was refused and why, and where to go and look', () => {
    mounted = mount(RadioModel, { target, props: { model: refused } });
    const facts = [...target.querySelectorAll('dl div')].map((one) => one.textContent);
    expect(facts).toContain('Version in use 4');
    expect(facts).toContain('Earlier versions kept 2');
    expect(facts.at(-1)).toMatch(/^Last look, .+refused: no better$/);
    expect(target.textContent).toContain('Not put to use: 0.4 dB worse');
    expect(target.textContent).toContain('Gateways to go and look at: gw-7');
  });
});

describe('LocationQuality', () => {
  const nameOf = (id: string): string => `Ward ${id}`;
  const rows = (): string[][] =>
    [...target.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map(({ textContent }) => textContent.trim()),
    );

  it('says of each section how far places move, how often rooms are right, and whether reports can rest on it', () => {
    const sections = [
      { sectionId: null, leaveOneOutM: 2, hitRate: null, isReliable: null },
      { sectionId: '4w', leaveOneOutM: null, hitRate: 0.75, isReliable: false },
      { sectionId: '5e', leaveOneOutM: 1.24, hitRate: 0.9, isReliable: true },
    ];
    mounted = mount(LocationQuality, { target, props: { sections, nameOf } });
    expect(rows()).toEqual([
      ['Outside every section', '2.0 m', '–', 'not known yet'],
      ['Ward 4w', '–', '75%', 'cannot rest on it'],
      ['Ward 5e', '1.2 m', '90%', 'can rest on it'],
    ]);
  });

  it('says that nothing was looked at yet', () => {
    mounted = mount(LocationQuality, { target, props: { sections: [], nameOf } });
    expect(target.textContent).toContain('No tag was looked at yet');
  });
});

describe('VirtualList', () => {
  const rows = (n: number, first = 0) => Array.from({ length: n }, (_, i) => ({ id: `row-${first + i}` }));
  const row = createRawSnippet<[{ id: string }]>((item) => ({ render: () => `<button>${item().id}</button>` }));
  const drawn = () => [...target.querySelectorAll('li')].map((li) => li.textContent);

  it('draws only what is in sight, and tells readers how long it is', () => {
    const scroller = document.createElement('div');
    Object.defineProperty(scroller, 'clientHeight', { value: 300 });
    mounted = mount(VirtualList, {
      target,
      props: { items: rows(5_000), rowHeight: 60, label: 'Equipment', scroller, row },
    });
    flushSync();
    expect(drawn().length).toBeLessThan(30);
    expect(target.querySelector('li')?.getAttribute('aria-setsize')).toBe('5000');
  });

  it('draws the other rows when one of them cannot be drawn, and says so in its place', () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const brittle = createRawSnippet<[{ id: string }]>((item) => ({
      render() {
        if (item().id === 'row-1') throw new Error('no such kind');
        return `<button>${item().id}</button>`;
      },
    }));
    const scroller = document.createElement('div');
    mounted = mount(VirtualList, {
      target,
      props: { items: rows(3), rowHeight: 60, label: 'Equipment', scroller, row: brittle },
    });
    flushSync();
    expect(drawn()).toEqual(['row-0', 'This row cannot be shown', 'row-2']);
    expect(complaints).toHaveBeenCalledOnce();
    complaints.mockRestore();
  });

  it('keeps its rows while a finger is on it and takes the new order after', () => {
    vi.useFakeTimers();
    const scroller = document.createElement('div');
    const props = reactiveProps({ items: rows(3), rowHeight: 60, label: 'Equipment', scroller, row });
    mounted = mount(VirtualList, { target, props });
    flushSync();
    target.querySelector('ul')?.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    props.items = [{ id: 'new' }, ...rows(2)];
    flushSync();
    expect(drawn()).toEqual(['row-0', 'row-1', 'row-2']);

    // However long it lies there, even on what has gone meanwhile.
    vi.advanceTimersByTime(20_000);
    flushSync();
    expect(drawn()).toEqual(['row-0', 'row-1', 'row-2']);
    window.dispatchEvent(new Event('pointerup'));
    vi.advanceTimersByTime(2_000);
    flushSync();
    expect(drawn()).toEqual(['new', 'row-0', 'row-1']);
    vi.useRealTimers();
  });
});
