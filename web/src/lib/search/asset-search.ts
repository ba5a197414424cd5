import type { AssetView } from '../../../../src/live/protocol';
import type { Kind, SectionHead, UnitHead } from '../api/types';
import { readQuestion } from './question';
import { type Meaning, Vocabulary } from './vocabulary';
import { codeWords, hasDigit, squash, wordsOf } from './words';

export type Near = { readonly unitId: string } | 'me' | null;

export interface Found {
  /** Best first. */
  readonly kinds: readonly string[];
  /** Best first; in the order of kinds and names among equals. */
  readonly assets: readonly AssetView[];
  /** Around which room, when one was typed; `me` is where one stands. */
  readonly near: Near;
}

const natural = new Intl.Collator(undefined, { numeric: true });

export const nothingFound: Found = { kinds: [], assets: [], near: null };

interface Entry {
  readonly asset: AssetView;
  /** Its own words, each after a space. */
  readonly text: string;
  /** What `text` was made of. */
  readonly made: string;
}

/**
 * Finds kinds by name and synonym in both languages, and assets by kind, name, number, serial, tag, room and
 * department. Words may have typing errors, numbers may not. A token is understood once, by the vocabulary; an asset is
 * then a matter of set membership, so 15,000 are looked through between two frames.
 */
export class AssetSearch {
  readonly #vocabulary = new Vocabulary();
  readonly #phrases = new Map<string, ReadonlySet<string>>();
  #kindOrder: readonly string[] = [];
  #unitByNumber = new Map<string, string>();
  #entries = new Map<string, Entry>();

  setKinds(kinds: readonly Kind[]): void {
    this.#kindOrder = kinds.map(({ id }) => id);
    for (const { id, name, synonyms } of kinds) {
      const phrases = [name.en, name.fr ?? name.en, ...synonyms.en, ...synonyms.fr];
      this.#phrases.set(id, new Set(phrases.map((phrase) => readQuestion(phrase).tokens.join(' '))));
      for (const word of phrases.flatMap(wordsOf)) this.#vocabulary.add(word, 'kinds', id);
    }
  }

  setPlan(units: readonly UnitHead[], sections: readonly SectionHead[]): void {
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

  /** What has not changed is not looked at again. */
  setAssets(assets: readonly AssetView[]): void {
    let isNew = assets.length !== this.#entries.size;
    const entries = new Map<string, Entry>();
    for (const asset of assets) {
      const { id, kind, name, number, serial, tagIds } = asset;
      const made = `${kind}\n${name}\n${number ?? ''}\n${serial ?? ''}\n${tagIds.join(' ')}`;
      const known = this.#entries.get(id);
      isNew ||= known?.made !== made;
      entries.set(id, { asset, made, text: known?.made === made ? known.text : this.#textOf(asset) });
    }
    const order = isNew ? this.#inOrder([...entries.values()]) : [...this.#entries.keys()];
    this.#entries = new Map(
      order.flatMap((id) => {
        const entry = entries.get(id);
        return entry === undefined ? [] : [[id, entry]];
      }),
    );
  }

  #inOrder(entries: Entry[]): string[] {
    const rank = new Map(this.#kindOrder.map((id, i) => [id, i]));
    const rankOf = ({ asset }: Entry): number => rank.get(asset.kind) ?? rank.size;
    entries.sort((a, b) => rankOf(a) - rankOf(b) || natural.compare(a.asset.name, b.asset.name));
    return entries.map(({ asset }) => asset.id);
  }

  #textOf({ id, name, number, serial, tagIds }: AssetView): string {
    const words = wordsOf(name);
    for (const word of words) if (!hasDigit(word)) this.#vocabulary.add(word);
    const codes = [name, id, number ?? '', serial ?? '', ...tagIds].flatMap(codeWords);
    return ` ${[...words, ...codes].join(' ')}`;
  }

  find(q: string): Found {
    const { tokens, near } = readQuestion(q);
    if (tokens.length === 0 && near === null) return nothingFound;
    const meanings = tokens.map((token) => this.#vocabulary.meaningOf(token));
    const kinds = this.#kindsOf(tokens, meanings);
    return { kinds, assets: this.#assetsOf(tokens, meanings), near: this.#roomOf(near) };
  }

  /** Kinds that every word about kinds is about. A whole name or synonym comes first. */
  #kindsOf(tokens: readonly string[], meanings: readonly Meaning[]): string[] {
    const telling = meanings.filter(({ kinds }) => kinds.size > 0);
    const others = meanings.filter(({ kinds }) => kinds.size === 0);
    if (telling.length === 0 || others.some(({ units, sections }) => units.size + sections.size === 0)) return [];
    const phrase = tokens.join(' ');
    const isWhole = (id: string): boolean => this.#phrases.get(id)?.has(phrase) === true;
    const fit = this.#kindOrder.filter((id) => telling.every(({ kinds }) => kinds.has(id)));
    return [...fit.filter(isWhole), ...fit.filter((id) => !isWhole(id))];
  }

  #assetsOf(tokens: readonly string[], meanings: readonly Meaning[]): AssetView[] {
    const exact: AssetView[] = [];
    const others: AssetView[] = [];
    for (const { asset, text } of this.#entries.values()) {
      if (!meanings.every((meaning) => isMeant(asset, text, meaning))) continue;
      (tokens.some((token) => hasDigit(token) && `${text} `.includes(` ${token} `)) ? exact : others).push(asset);
    }
    return [...exact, ...others];
  }

  #roomOf(near: ReturnType<typeof readQuestion>['near']): Near {
    if (near === null || near === 'me') return near;
    for (const token of near.tokens) {
      const unitId = this.#unitByNumber.get(token);
      if (unitId !== undefined) return { unitId };
    }
    const [first, ...rest] = near.tokens.map((token) => this.#vocabulary.meaningOf(token).units);
    const unitId = [...(first ?? [])].find((unit) => rest.every((units) => units.has(unit)));
    return unitId === undefined ? null : { unitId };
  }
}

function isMeant({ kind, place, ownerSectionId }: AssetView, text: string, meaning: Meaning): boolean {
  if (meaning.kinds.has(kind)) return true;
  if (place !== null && place.unitId !== null && meaning.units.has(place.unitId)) return true;
  const { sections } = meaning;
  if (place !== null && place.sectionId !== null && sections.has(place.sectionId)) return true;
  if (place === null && ownerSectionId !== null && sections.has(ownerSectionId)) return true;
  return meaning.beginnings.some((beginning) => text.includes(` ${beginning}`));
}
