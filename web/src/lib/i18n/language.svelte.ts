import { en, type Messages } from './en';
import { fr } from './fr';
import { unbroken } from './unbroken';

export type Language = 'en' | 'fr';

const texts: Record<Language, Messages> = { en, fr: unbroken(fr) };
const locales: Record<Language, string> = { en: 'en-CA', fr: 'fr-CA' };
const storageKey = 'whereabouts.language';

/** A name in the languages the server knows. */
export interface Named {
  readonly en: string;
  readonly fr?: string | undefined;
}

class LanguageChoice {
  current = $state<Language>(initialLanguage());
  readonly t = $derived(texts[this.current]);
  readonly locale = $derived(locales[this.current]);

  choose(language: Language): void {
    this.current = language;
    localStorage.setItem(storageKey, language);
    document.documentElement.lang = language;
  }

  /** The name in the language in use, English when there is no other. */
  name(label: Named): string {
    return this.current === 'fr' ? (label.fr ?? label.en) : label.en;
  }
}

function initialLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  const language = stored === 'en' || stored === 'fr' ? stored : navigator.language.startsWith('fr') ? 'fr' : 'en';
  document.documentElement.lang = language;
  return language;
}

export const language = new LanguageChoice();
