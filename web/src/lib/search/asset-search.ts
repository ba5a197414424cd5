import type { AssetView } from '../../../../src/live/protocol';
import { EquipmentWords, isMeant, phrasesOf } from '../../../../src/search/equipment-words';
import { readQuestion } from '../../../../src/search/question';
import type { Meaning } from '../../../../src/search/vocabulary';
import { hasDigit } from '../../../../src/search/words';
import type { Kind, SectionHead, UnitHead } from '../api/types';

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
  readonly #words = new EquipmentWords();
  readonly #phrases = new Map<string, ReadonlySet<string>>();
  #kindOrder: readonly string[] = [];
  #entries = new Map<string, Entry>();

  setKinds(kinds: readonly Kind[]): void {
    this.#kindOrder = kinds.map(({ id }) => id);
    this.#words.addKinds(kinds);
    for (const kind of kinds) {
      this.#phrases.set(kind.id, new Set(phrasesOf(kind).map((phrase) => readQuestion(phrase).tokens.join(' '))));
    }
  }

  setPlan(units: readonly UnitHead[], sections: readonly SectionHead[]): void {
    this.#words.addPlan(units, sections);
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
      entries.set(id, { asset, made, text: known?.made === made ? known.text : this.#words.textOf(asset) });
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

  find(q: string): Found {
    const { tokens, near } = readQuestion(q);
    if (tokens.length === 0 && near === null) return nothingFound;
    const meanings = tokens.map((token) => this.#words.meaningOf(token));
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
    const unitId = this.#words.roomOf(near.tokens);
    return unitId === null ? null : { unitId };
  }
}
