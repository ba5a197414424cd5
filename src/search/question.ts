import { fold, hasDigit, squash, wordsOf } from './words';

/** What was typed, taken apart. */
export interface Question {
  /** Words and codes to be matched, folded. */
  readonly tokens: readonly string[];
  /** Around which room; `me` is where one stands; null when nothing is said. */
  readonly near: { readonly tokens: readonly string[] } | 'me' | null;
}

const nearWords =
  /(?:^|\s)(?:near|nearest to|close to|next to|around|pres|proche|a cote|autour|a proximite)(?=\s|$)(.*)$/;
const joining = new Set([
  'a',
  'de',
  'du',
  'des',
  'd',
  'l',
  'la',
  'le',
  'les',
  'au',
  'the',
  'of',
  'in',
  'to',
  'en',
  'dans',
  'room',
  'chambre',
  'local',
]);
const meWords = new Set(['me', 'here', 'moi', 'ici', 'my', 'place']);

/** `Pompe près de 3-114` → pompe, near 3114. */
export function readQuestion(q: string): Question {
  const text = fold(q).replace(/[’']/g, ' ').replace(/\s+/g, ' ').trim();
  const found = nearWords.exec(text);
  if (found === null) return { tokens: tokensOf(text), near: null };
  const tokens = tokensOf(text.slice(0, found.index));
  const around = tokensOf(found[1] ?? '');
  const isMe = around.every((token) => meWords.has(token));
  return { tokens, near: isMe ? 'me' : { tokens: around } };
}

/** A piece with a digit is one code however it is parted; other pieces are words. Words that only join are left out. */
function tokensOf(text: string): string[] {
  const pieces = text.split(' ').filter(Boolean);
  const tokens = pieces.flatMap((piece) => (hasDigit(piece) ? [squash(piece)] : wordsOf(piece)));
  const telling = tokens.filter((token) => !joining.has(token));
  return telling.length > 0 ? telling : tokens;
}
