import { readQuestion } from './question';
import { type Meaning, Vocabulary } from './vocabulary';
import { codeWords, hasDigit, squash, wordsOf } from './words';

interface Named {
  readonly en: string;
  readonly fr?: string;
}

interface KindWords {
  readonly id: string;
  readonly name: Named;
  readonly synonyms: { readonly en: readonly string[]; readonly fr: readonly string[] };
}

interface UnitWords {
  readonly id: string;
  readonly name: Named;
  readonly number: string | null;
}

interface SectionWords {
  readonly id: string;
  readonly name: Named;
  readonly short: string | null;
}

/** What of a piece of equipment is typed to find it. */
interface Labelled {
  readonly id: string;
  readonly name: string;
  readonly number: string | null;
  readonly serial: string | null;
  readonly tagIds: readonly string[];
}

/** What a word may say of it besides. */
interface Placed {
  readonly kind: string;
  readonly ownerSectionId: string | null;
  readonly place: { readonly unitId: string | null; readonly sectionId: string | null } | null;
}

/** Names and synonyms of a kind, in both languages. */
export const phrasesOf = ({ name, synonyms }: KindWords): string[] => [
  ...[name.en, name.fr ?? name.en],
  ...synonyms.en,
  ...synonyms.fr,
];

/**
 * The words by which equipment is found, the same in the app and through the API: kind and synonyms in both languages,
 * name, number, serial, tag, room and department. Words may have typing errors, numbers may not.
 */
export class EquipmentWords {
  readonly #vocabulary = new Vocabulary();
  readonly #unitByNumber = new Map<string, string>();

  addKinds(kinds: readonly KindWords[]): void {
    for (const kind of kinds) {
      for (const word of phrasesOf(kind).flatMap(wordsOf)) this.#vocabulary.add(word, 'kinds', kind.id);
    }
  }

  addPlan(units: readonly UnitWords[], sections: readonly SectionWords[]): void {
    for (const { id, name, number } of units) {
      const words = [...wordsOf(name.en), ...wordsOf(name.fr ?? '')].filter((word) => !hasDigit(word));
      for (const word of words) this.#vocabulary.add(word, 'units', id);
      if (number === null) continue;
      this.#vocabulary.add(squash(number), 'units', id);
      this.#unitByNumber.set(squash(number), id);
    }
    for (const { id, name, short } of sections) {
      const words = [...wordsOf(name.en), ...wordsOf(name.fr ?? ''), ...wordsOf(short ?? '')];
      for (const word of words) this.#vocabulary.add(word, 'sections', id);
    }
  }

  /** An asset's own words, each after a space. */
  textOf({ id, name, number, serial, tagIds }: Labelled): string {
    const words = wordsOf(name);
    for (const word of words) if (!hasDigit(word)) this.#vocabulary.add(word);
    const codes = [name, id, number ?? '', serial ?? '', ...tagIds].flatMap(codeWords);
    return ` ${[...words, ...codes].join(' ')}`;
  }

  meaningOf(token: string): Meaning {
    return this.#vocabulary.meaningOf(token);
  }

  /** The room that was typed, by number or else by name; null when there is none. */
  roomOf(tokens: readonly string[]): string | null {
    for (const token of tokens) {
      const unitId = this.#unitByNumber.get(token);
      if (unitId !== undefined) return unitId;
    }
    const [first, ...rest] = tokens.map((token) => this.meaningOf(token).units);
    return [...(first ?? [])].find((unit) => rest.every((units) => units.has(unit))) ?? null;
  }
}

/** What each word typed may stand for; words of a place asked around are left out. */
export const meaningsOf = (q: string, words: EquipmentWords): Meaning[] =>
  readQuestion(q).tokens.map((token) => words.meaningOf(token));

/** Whether a word may be said of an asset. @param text its `textOf` */
export function isMeant({ kind, place, ownerSectionId }: Placed, text: string, meaning: Meaning): boolean {
  if (meaning.kinds.has(kind)) return true;
  if (place !== null && place.unitId !== null && meaning.units.has(place.unitId)) return true;
  const { sections } = meaning;
  if (place !== null && place.sectionId !== null && sections.has(place.sectionId)) return true;
  if (place === null && ownerSectionId !== null && sections.has(ownerSectionId)) return true;
  return meaning.beginnings.some((beginning) => text.includes(` ${beginning}`));
}
