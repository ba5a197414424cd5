/** Edits forgiven in a word of so many letters. A number is never nearly right: 012 is not 013. */
export const forgiven = (typed: string): number => (typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2);

/**
 * Whether `typed` is a beginning of `word` but for so many typing errors: a letter wrong, missing, too much, or two
 * swapped. The first letter must be right, or swapped with the second: people get it right, and it keeps words apart.
 */
export function isNearly(typed: string, word: string, most: number): boolean {
  if (most === 0 || word.length < typed.length - most) return false;
  if (typed[0] !== word[0] && !(typed[0] === word[1] && typed[1] === word[0])) return false;
  let beforeLast: number[] = [];
  let last = Array.from({ length: word.length + 1 }, (_, j) => j);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      let edits = Math.min((last[j - 1] ?? 0) + same, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (isSwap) edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    if (Math.min(...row) > most) return false;
    [beforeLast, last] = [last, row];
  }
  return Math.min(...last) <= most;
}

/**
 * Whether a word of three letters, too short to forgive any error, is `word` with a letter left out after the first or
 * two letters swapped: `pmp` is pump, `bde` is bed. Never another letter: EEG is not ECG.
 */
export function isSlip(typed: string, word: string): boolean {
  if (typed.length !== 3 || typed[0] !== word[0]) return false;
  const [first = '', second = '', third = ''] = typed;
  if (word.length === 3) return word === first + third + second;
  return word.length === 4 && [1, 2, 3].some((i) => word.slice(0, i) + word.slice(i + 1) === typed);
}
