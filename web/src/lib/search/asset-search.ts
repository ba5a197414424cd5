import MiniSearch from 'minisearch';
import type { AssetView } from '../../../../src/live/protocol';
import type { Kind } from '../api/types';

/** Lower case, accents off: `Élévateur` is found by `eleva`. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');

const split = (text: string): string[] => text.split(/[\s,;:/()'’._-]+/u).filter((word) => word !== '');

/** `IP-0012` answers to its parts, and to `ip0012` typed as one. */
const tokenize = (text: string): string[] =>
  text.split(/\s+/).flatMap((word) => {
    const parts = split(word);
    return parts.length > 1 && /\d/.test(word) ? [...parts, parts.join('')] : parts;
  });

const options = {
  tokenize,
  processTerm: (term: string) => fold(term) || null,
  searchOptions: {
    prefix: true,
    // Numbers are exact or begun, never nearly right: 012 is not 013.
    fuzzy: (term: string) => (/\d/.test(term) || term.length < 4 ? false : 0.2),
    combineWith: 'AND' as const,
    tokenize: split,
    processTerm: (term: string) => fold(term) || null,
  },
};

interface KindEntry {
  readonly id: string;
  readonly name: string;
  readonly synonyms: string;
}

interface AssetEntry {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly serial: string;
  readonly kind: string;
  readonly room: string;
}

export interface Found {
  readonly kinds: readonly string[];
  /** Asset ids, best first. */
  readonly assets: readonly string[];
}

/** Finds kinds by name and synonym in both languages, and assets by kind, name, number, serial and room. */
export class AssetSearch {
  readonly #kinds = new MiniSearch<KindEntry>({ fields: ['name', 'synonyms'], ...options });
  readonly #assets = new MiniSearch<AssetEntry>({ fields: ['name', 'number', 'serial', 'kind', 'room'], ...options });
  readonly #kindWords = new Map<string, string>();

  setKinds(kinds: readonly Kind[]): void {
    this.#kinds.removeAll();
    for (const kind of kinds) {
      const name = `${kind.name.en} ${kind.name.fr ?? ''}`;
      const synonyms = [...kind.synonyms.en, ...kind.synonyms.fr].join(' ');
      this.#kindWords.set(kind.id, `${name} ${synonyms}`);
      this.#kinds.add({ id: kind.id, name, synonyms });
    }
  }

  /** `room` names where an asset is, in both languages. */
  setAssets(assets: Iterable<AssetView>, room: (asset: AssetView) => string): void {
    this.#assets.removeAll();
    const entries: AssetEntry[] = [];
    for (const asset of assets) {
      entries.push({
        id: asset.id,
        name: asset.name,
        number: asset.number ?? '',
        serial: asset.serial ?? '',
        kind: this.#kindWords.get(asset.kind) ?? asset.kind,
        room: room(asset),
      });
    }
    this.#assets.addAll(entries);
  }

  find(q: string): Found {
    const text = q.trim();
    if (text === '') return { kinds: [], assets: [] };
    const kinds = this.#kinds.search(text, { boost: { name: 2 } });
    const assets = this.#assets.search(text, { boost: { number: 4, name: 3, kind: 2, serial: 2 } });
    return { kinds: kinds.map(({ id }) => String(id)), assets: assets.map(({ id }) => String(id)) };
  }
}
