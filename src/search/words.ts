/** Lower case, accents off: `Élévateur` is found by `eleva`. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');

const notWord = /[^\p{L}\p{N}]+/u;

/** The words of a text, folded. */
export const wordsOf = (text: string): string[] => fold(text).split(notWord).filter(Boolean);

export const squash = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, '');

export const hasDigit = (word: string): boolean => /\d/.test(word);

/**
 * All that a number or serial answers to: its parts, with and without leading zeros, and the whole typed as one.
 * `IP-0012` → `ip 0012 12 ip0012`.
 */
export function codeWords(code: string): string[] {
  const parts = wordsOf(code);
  return [...parts, ...parts.map((part) => part.replace(/^0+(?=\d)/, '')), parts.join('')];
}

/** Words by single spaces: `Pompe à perfusion` → `pompe a perfusion`. */
export const phraseOf = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
