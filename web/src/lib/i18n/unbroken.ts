import type { Messages } from './en';

/** French puts a space where no line may end: before a colon and a per cent sign, inside quotation marks. */
const joined = (text: string): string => text.replace(/ (?=[:»%])/g, '\u00a0').replace(/« /g, '«\u00a0');

/** The same texts, with those spaces made unbreakable. */
export function unbroken(messages: Messages): Messages {
  const through = (value: unknown): unknown => {
    if (typeof value === 'string') return joined(value);
    if (typeof value === 'function') return (...words: unknown[]) => joined(String(Reflect.apply(value, null, words)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, through(one)]));
  };
  return through(messages) as Messages;
}
