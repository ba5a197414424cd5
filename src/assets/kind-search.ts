import { type Kind, kindById } from './kinds';

/** Lower case without accents, words by single spaces: `Pompe à perfusion` → `pompe a perfusion`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Text in which each word can be found by its beginning. */
export type SearchText = string & { readonly __text: 'search' };

/** @param codes numbers and serials, also found when typed without their separators */
export function searchText(words: readonly string[], codes: readonly string[] = []): SearchText {
  const folded = [...words, ...codes].map(fold);
  const squashed = codes.map((code) => fold(code).replaceAll(' ', ''));
  return ` ${[...folded, ...squashed].join(' ')}` as SearchText;
}

/** The words asked for, folded. */
export const searchWords = (query: string): readonly string[] =>
  fold(query)
    .split(' ')
    .filter((word) => word !== '');

/** Whether every word asked for begins a word of one of the texts. */
export function matches(wanted: readonly string[], texts: readonly SearchText[]): boolean {
  return wanted.every((word) => texts.some((text) => text.includes(` ${word}`)));
}

const textByKind: ReadonlyMap<string, SearchText> = new Map(
  [...kindById.values()].map((kind) => [kind.id, searchText(wordsOf(kind))]),
);

export const kindText = (kind: string): SearchText => textByKind.get(kind) ?? searchText([kind]);

function wordsOf({ id, name, synonyms }: Kind): string[] {
  return [id, name.en, name.fr, ...synonyms.en, ...synonyms.fr];
}
