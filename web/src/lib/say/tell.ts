import type { AssetView } from '../../../../src/live/protocol';
import { formatTime } from '../i18n/format';
import { language } from '../i18n/language.svelte';
import { serverClock } from '../live/server-clock.svelte';
import { toasts } from '../ui/toasts.svelte';
import type { World } from '../world.svelte';
import type { Correction } from './correction';
import type { Outcome } from './outbox';
import { statusText } from './status-text';
import type { Saying, SayingNews } from './saying.svelte';

/** Says in a toast what became of what was said, with the way back. */
export function tellBy(world: World, saying: () => Pick<Saying, 'say' | 'takeBack'>): SayingNews {
  const named = (id: string): string => {
    const asset = world.assets.get(id);
    return asset === undefined ? id : world.assetName(asset);
  };
  const undo = (correction: Correction) => ({
    label: language.t.say.undo,
    run: () => void saying().takeBack(correction),
  });
  /** What is said to wait here, by correction: gone as soon as more is known of it. */
  const waiting = new Map<string, number>();
  const noLongerWaits = ({ id }: Correction): void => {
    const toast = waiting.get(id);
    if (toast !== undefined) toasts.dismiss(toast);
    waiting.delete(id);
  };
  const tell = {
    taken(correction: Correction) {
      const { t } = language;
      const text = t.say.done(named(correction.assetId), t.say.codes[correction.code]);
      toasts.show({ sign: 'check', text, actions: [undo(correction)] });
    },
    waiting(correction: Correction) {
      const text = language.t.say.kept(named(correction.assetId), language.t.say.codes[correction.code]);
      waiting.set(correction.id, toasts.show({ sign: 'offline', text, actions: [undo(correction)] }));
    },
    superseded(correction: Correction, asset: AssetView) {
      const { t, locale } = language;
      const saidAt = formatTime(correction.saidAt, serverClock.now, locale);
      const text = t.say.superseded(
        named(asset.id),
        t.say.codes[correction.code],
        saidAt,
        statusText(asset.availability, t),
      );
      const insist = () => void saying().say(world.assets.get(asset.id) ?? asset, correction.code, noteOf(correction));
      const actions = [{ label: t.say.insist, run: insist }];
      toasts.show({ sign: 'warning', tone: 'warning', stays: true, text, actions });
    },
    refused(correction: Correction, why: string) {
      const text = language.t.say.refused(named(correction.assetId), why);
      toasts.show({ sign: 'warning', tone: 'warning', stays: true, text });
    },
  };
  return {
    outcome(correction: Correction, outcome: Outcome) {
      noLongerWaits(correction);
      if (outcome.kind === 'superseded') tell.superseded(correction, outcome.asset);
      else if (outcome.kind === 'refused') tell.refused(correction, outcome.why);
      else tell[outcome.kind](correction);
    },
    takenBack(correction: Correction) {
      noLongerWaits(correction);
      toasts.show({ sign: 'check', text: language.t.say.takenBack(named(correction.assetId)) });
    },
    failed: ({ assetId }) =>
      void toasts.show({ sign: 'warning', tone: 'warning', text: language.t.say.undoFailed(named(assetId)) }),
  };
}

const noteOf = ({ note }: Correction): Pick<Correction, 'note'> => (note === undefined ? {} : { note });
