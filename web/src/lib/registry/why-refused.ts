import { ApiError } from '../api/client';
import type { registry } from '../i18n/en/registry';
import type { Language } from '../i18n/language.svelte';

type Texts = Pick<typeof registry, 'importAway' | 'importTooLarge' | 'importFailed'>;

/** Why a file as a whole was not taken: as the service says it, in the reader's language where it says so. */
export function whyRefused(error: unknown, language: Language, texts: Texts): string {
  if (!(error instanceof ApiError)) return texts.importFailed(String(error));
  const { reason } = error.problem;
  if (isReason(reason)) return reason[language];
  if (error.status === 0) return texts.importAway;
  return error.status === 413 ? texts.importTooLarge : texts.importFailed(error.message);
}

const isReason = (reason: unknown): reason is Readonly<Record<Language, string>> =>
  typeof reason === 'object' && reason !== null && 'en' in reason && 'fr' in reason;
