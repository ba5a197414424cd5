import { forgiven, isNearly, isSlip } from './nearly';
import { hasDigit } from './words';

/** What a token may stand for. */
export interface Meaning {
  readonly kinds: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly sections: ReadonlySet<string>;
  /** Beginnings by which assets' own words are found. */
  readonly beginnings: readonly string[];
}

type Sort = 'kinds' | 'units' | 'sections';
type Entry = Readonly<Record<Sort, Set<string>>>;

/** Tokens whose meaning is kept. */
const mostRemembered = 2_000;

/** Every word there is, and what it is a word of. Tokens are understood by their beginning, else nearly. */
export class Vocabulary {
  readonly #entries = new Map<string, Entry>();
  readonly #meanings = new Map<string, Meaning>();

  add(word: string, sort?: Sort, id?: string): void {
    let entry = this.#entries.get(word);
    if (entry === undefined) {
      entry = { kinds: new Set(), units: new Set(), sections: new Set() };
      this.#entries.set(word, entry);
      this.#meanings.clear();
    }
    if (sort === undefined || id === undefined || entry[sort].has(id)) return;
    entry[sort].add(id);
    this.#meanings.clear();
  }

  meaningOf(token: string): Meaning {
    const known = this.#meanings.get(token);
    if (known !== undefined) return known;
    const words = [...this.#entries.keys()];
    const begun = words.filter((word) => word.startsWith(token));
    const meant = begun.length > 0 || hasDigit(token) ? begun : this.#nearTo(token);
    if (this.#meanings.size >= mostRemembered) this.#meanings.clear();
    const meaning = this.#join(meant, begun.length > 0 ? [token] : [token, ...meant]);
    this.#meanings.set(token, meaning);
    return meaning;
  }

  #nearTo(token: string): string[] {
    const most = forgiven(token);
    const words = [...this.#entries.keys()].filter((word) => !hasDigit(word));
    return words.filter((word) => isNearly(token, word, most) || isSlip(token, word));
  }

  #join(words: readonly string[], beginnings: readonly string[]): Meaning {
    const all = (sort: Sort): Set<string> =>
      new Set(words.flatMap((word) => [...(this.#entries.get(word)?.[sort] ?? [])]));
    return { kinds: all('kinds'), units: all('units'), sections: all('sections'), beginnings };
  }
}
