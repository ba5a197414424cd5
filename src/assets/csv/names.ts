import { type Site, sectionId, unitId } from '../../core';
import { phraseOf } from '../../search/words';
import { kindById } from '../kinds';
import type { Refusal } from './refusal';
import { type Named, refusals } from './refusals';

/** What a name may stand for; more than one is not sure enough to go by. */
type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads kinds, sections and rooms as people write them: by id, or by a name that means one thing. */
export class SiteNames {
  readonly #kinds: Names;
  readonly #sections: Names;
  readonly #units: Names;

  constructor(private readonly site: Site) {
    const kinds = [...kindById.values()];
    this.#kinds = collect(
      kinds.map(({ id, name, synonyms }) => ({ id, names: [name.en, name.fr, ...synonyms.en, ...synonyms.fr] })),
    );
    this.#sections = collect(
      [...site.sectionById.values()].map(({ id, name }) => ({ id, names: [name.en, name.fr ?? name.en] })),
    );
    this.#units = collect(
      [...site.unitById.values()].map(({ id, name, number }) => {
        const names = [name.en, name.fr ?? name.en];
        return { id, names: number === null ? names : [number, ...names, ...names.map((one) => `${one} ${number}`)] };
      }),
    );
  }

  /** @returns the id, or null after telling `fault` what is wrong */
  kind(text: string, fault: Fault): string | null {
    return kindById.has(text) ? text : choose(this.#kinds, text, 'kind', fault);
  }

  section(text: string, fault: Fault): string | null {
    return this.site.sectionById.has(sectionId(text)) ? text : choose(this.#sections, text, 'section', fault);
  }

  unit(text: string, fault: Fault): string | null {
    return this.site.unitById.has(unitId(text)) ? text : choose(this.#units, text, 'room', fault);
  }
}

export type Fault = (reason: Refusal) => void;

function choose(names: Names, text: string, what: Named, fault: Fault): string | null {
  const ids = names.get(phraseOf(text));
  if (ids?.size === 1) return [...ids][0] ?? null;
  fault(ids === undefined ? refusals.unknown(what, text) : refusals.ambiguous(what, text, ids.size));
  return null;
}

function collect(named: readonly { readonly id: string; readonly names: readonly string[] }[]): Names {
  const collected = new Map<string, Set<string>>();
  for (const { id, names } of named) {
    for (const name of names.map(phraseOf)) collected.set(name, (collected.get(name) ?? new Set()).add(id));
  }
  return collected;
}
