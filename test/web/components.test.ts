import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './browser-stubs';
import Choice from '../../web/src/lib/ui/Choice.svelte';
import StatusBadge from '../../web/src/lib/ui/StatusBadge.svelte';
import VirtualList from '../../web/src/lib/ui/VirtualList.svelte';
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
    mounted = mount(StatusBadge, { target, props: { status: 'needs-cleaning' as const } });
    expect(target.textContent).toContain('Needs cleaning');
    expect(target.querySelector('svg')).not.toBeNull();
    language.choose('fr');
    flushSync();
    expect(target.textContent).toContain('À nettoyer');
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
