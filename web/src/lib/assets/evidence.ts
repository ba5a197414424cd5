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
  const room = evidence.unitName === undefined ? t.evidence.somewhere : speech.name(evidence.unitName);
  switch (evidence.code) {
    case 'rests-in':
      return t.evidence.restsIn(room, since);
    case 'moving':
      return t.evidence.moving;
    case 'manual': {
      const said = t.evidence.manual(since);
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
