import type { Evidence } from '../../../../src/live/protocol';
import type { Messages } from '../i18n/en';
import { formatTime } from '../i18n/format';
import type { Named } from '../i18n/language.svelte';

interface Speech {
  readonly t: Messages;
  readonly locale: string;
  name(label: Named): string;
}

/** Why an item is said to be free or not, as a sentence. */
export function evidenceInWords(evidence: Evidence, now: number, speech: Speech): string {
  const { t, locale } = speech;
  const since = evidence.since === undefined ? '–' : formatTime(evidence.since, now, locale);
  const named = evidence.unitName === undefined ? t.evidence.somewhere : speech.name(evidence.unitName);
  const room = evidence.orAlike === true ? t.evidence.orAlike(named) : named;
  switch (evidence.code) {
    case 'rests-in':
      return t.evidence.restsIn(room, since);
    case 'moving':
      return t.evidence.moving;
    case 'moving-with':
      return t.evidence.movingWith(evidence.companion?.name ?? '');
    case 'rested-long':
      return t.evidence.restedLong(since);
    case 'not-cleaned':
      return t.evidence.notCleaned(room, since);
    case 'cleaned':
      return t.evidence.cleaned(room, since);
    case 'claimed':
      return t.evidence.claimed;
    case 'corrected':
      return t.evidence.corrected[evidence.correction ?? 'not-here'](since);
    case 'manual':
    case 'device-feed':
    case 'out-of-service':
    case 'recall': {
      const said = saidBy(evidence.code, t)(since);
      return evidence.note === undefined || evidence.note === '' ? said : `${said}: ${t.evidence.note(evidence.note)}`;
    }
    case 'silent':
      return t.evidence.silent(since);
    case 'never-heard':
      return t.evidence.neverHeard;
    case 'place-unsure':
      return t.evidence.placeUnsure;
  }
}

function saidBy(code: 'manual' | 'device-feed' | 'out-of-service' | 'recall', t: Messages): (since: string) => string {
  switch (code) {
    case 'manual':
      return t.evidence.manual;
    case 'device-feed':
      return t.evidence.deviceFeed;
    case 'out-of-service':
      return t.evidence.outOfService;
    case 'recall':
      return t.evidence.recall;
  }
}
