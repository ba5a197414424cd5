import { beforeEach, describe, expect, it } from 'vitest';
import { formatTime } from '../../web/src/lib/i18n/format';
import { language } from '../../web/src/lib/i18n/language.svelte';
import { serverClock } from '../../web/src/lib/live/server-clock.svelte';
import type { Correction } from '../../web/src/lib/say/correction';
import { tellBy } from '../../web/src/lib/say/tell';
import { toasts } from '../../web/src/lib/ui/toasts.svelte';
import { World } from '../../web/src/lib/world.svelte';
import { asset, noon } from './examples';

const correction: Correction = {
  id: 'a',
  assetId: 'pump-1',
  tablet: 'tablet-1',
  code: 'free',
  saidAt: noon,
  note: 'on the shelf',
};
const dirty = asset('pump-1', {
  name: 'Pump 1',
  availability: { status: 'needs-cleaning', probability: 0.9, freeProbability: 0.1, since: null, evidence: [] },
});

/** What is told on a tablet, and what is said again from there. */
function setUp() {
  const world = new World();
  world.assets.replace([dirty]);
  const saidAgain: unknown[] = [];
  const news = tellBy(world, () => ({
    say: (of, code, more) => Promise.resolve(void saidAgain.push([of.id, code, more])),
    takeBack: () => Promise.resolve(),
  }));
  return { news, saidAgain, last: () => toasts.current.at(-1) };
}

beforeEach(() => {
  language.choose('en');
  for (const { id } of toasts.current) toasts.dismiss(id);
});

describe('what was said without network and lost against a newer word', () => {
  it('is told with what was said, when, and how it is now, until somebody dismisses it', () => {
    const { news, last } = setUp();
    news.outcome(correction, { kind: 'superseded', asset: dirty });
    const at = formatTime(noon, serverClock.now, 'en-CA');
    expect(last()?.text).toBe(
      `Pump 1: your “Free” of ${at} was not used, because somebody has said otherwise since. It is now: Needs cleaning.`,
    );
    expect(last()).toMatchObject({ tone: 'warning', stays: true });
    language.choose('fr');
    news.outcome(correction, { kind: 'superseded', asset: dirty });
    expect(last()?.text).toMatch(/^Pump 1.: votre «.Libre.» .* Maintenant.: À nettoyer\.$/);
  });

  it('can be said again as of now, with its note', () => {
    const { news, saidAgain, last } = setUp();
    news.outcome(correction, { kind: 'superseded', asset: dirty });
    const [again] = last()?.actions ?? [];
    expect(again?.label).toBe('Say it again');
    again?.run();
    expect(saidAgain).toEqual([['pump-1', 'free', { note: 'on the shelf' }]]);
  });

  it('is no longer said to wait, with an undo that undoes nothing', () => {
    const { news } = setUp();
    news.outcome(correction, { kind: 'waiting' });
    expect(toasts.current.map(({ text }) => text)).toEqual([expect.stringContaining('is kept on this tablet')]);
    news.outcome(correction, { kind: 'superseded', asset: dirty });
    expect(toasts.current.map(({ text }) => text)).toEqual([expect.stringContaining('was not used')]);
  });
});
