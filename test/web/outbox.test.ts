import { describe, expect, it } from 'vitest';
import { asSaid, type Correction } from '../../web/src/lib/say/correction';
import { HeldCorrections } from '../../web/src/lib/say/correction-store';
import { Outbox, type Outcome } from '../../web/src/lib/say/outbox';
import { asset, noon } from './examples';

const correction = (id: string, change: Partial<Correction> = {}): Correction => ({
  id,
  assetId: 'pump-1',
  tablet: 'tablet-1',
  code: 'dirty',
  saidAt: noon,
  ...change,
});

/** A server that is away until `back` is called. */
function setUp(answer: Outcome = { kind: 'taken', asset: asset('pump-1') }) {
  const store = new HeldCorrections();
  const sent: string[] = [];
  const told: [string, Outcome['kind']][] = [];
  let away = false;
  const send = (c: Correction): Promise<Outcome> => {
    if (away) return Promise.resolve({ kind: 'waiting' });
    sent.push(c.id);
    return Promise.resolve(answer);
  };
  const outbox = new Outbox(store, send, (c, outcome) => told.push([c.id, outcome.kind]));
  return { store, sent, told, outbox, away: (is: boolean) => (away = is) };
}

describe('the outbox', () => {
  it('sends what is said and keeps nothing behind', async () => {
    const { outbox, sent, store } = setUp();
    await outbox.say(correction('a'));
    expect(sent).toEqual(['a']);
    expect(await store.all()).toEqual([]);
  });

  it('keeps what is said while away and sends it once, oldest first, though asked twice', async () => {
    const { outbox, sent, told, away } = setUp();
    away(true);
    await outbox.say(correction('later', { saidAt: noon + 5 }));
    await outbox.say(correction('sooner'));
    expect(sent).toEqual([]);
    away(false);
    await Promise.all([outbox.flush(), outbox.flush()]);
    expect(sent).toEqual(['sooner', 'later']);
    expect(told.filter(([, kind]) => kind === 'taken')).toHaveLength(2);
  });

  it('sends after a restart what the page before it could not', async () => {
    const before = setUp();
    before.away(true);
    await before.outbox.say(correction('a'));
    const sent: string[] = [];
    const send = (c: Correction): Promise<Outcome> => {
      sent.push(c.id);
      return Promise.resolve({ kind: 'taken', asset: asset('pump-1') });
    };
    await new Outbox(before.store, send, () => undefined).flush();
    expect(sent).toEqual(['a']);
  });

  it('takes back on the device what was never sent', async () => {
    const { outbox, sent, away } = setUp();
    away(true);
    await outbox.say(correction('a'));
    expect(await outbox.takeBack('a')).toBe(true);
    away(false);
    await outbox.flush();
    expect(sent).toEqual([]);
    expect(await outbox.takeBack('a')).toBe(false);
  });

  it('takes back at the server what is on its way there: it may have arrived', async () => {
    const store = new HeldCorrections();
    let answered: (outcome: Outcome) => void = () => undefined;
    let left: () => void = () => undefined;
    const hasLeft = new Promise<void>((resolve) => (left = resolve));
    const send = (): Promise<Outcome> => {
      left();
      return new Promise((resolve) => (answered = resolve));
    };
    const outbox = new Outbox(store, send, () => undefined);
    const said = outbox.say(correction('a'));
    await hasLeft;
    const takenBack = outbox.takeBack('a');
    answered({ kind: 'taken', asset: asset('pump-1') });
    await said;
    expect(await takenBack).toBe(false);
  });

  it('sends no more of what lost against a newer truth, and says so', async () => {
    const { outbox, sent, told, away } = setUp({ kind: 'superseded', asset: asset('pump-1') });
    away(true);
    await outbox.say(correction('a'));
    away(false);
    await outbox.flush();
    await outbox.flush();
    expect(sent).toEqual(['a']);
    expect(told.at(-1)).toEqual(['a', 'superseded']);
  });
});

describe('what is shown before the server has answered', () => {
  it.each([
    ['dirty', 'needs-cleaning'],
    ['broken', 'out-of-service'],
    ['in-use', 'in-use'],
    ['not-here', 'unknown'],
    ['free', 'free'],
  ] as const)('%s makes it %s at once', (code, status) => {
    expect(asSaid(asset('pump-1'), correction('a', { code })).availability.status).toBe(status);
  });

  it('changes nothing when it was found as shown', () => {
    const pump = asset('pump-1');
    expect(asSaid(pump, correction('a', { code: 'found' }))).toBe(pump);
  });
});
