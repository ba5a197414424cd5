import type { TagClass, TagId } from '../../core';
import { mostTags } from '../asset.dto';
import type { Column } from './columns';
import { tagSeparator } from './export-csv';
import type { Refusal } from './refusal';

/** What a name in a file may stand for. */
export type Named = 'kind' | 'section' | 'room';

const inFrench: Readonly<Record<Named, { readonly unknown: string; readonly several: string }>> = {
  kind: { unknown: 'genre inconnu', several: 'genres' },
  section: { unknown: 'section inconnue', several: 'sections' },
  room: { unknown: 'local inconnu', several: 'locaux' },
};

const classInFrench: Readonly<Record<TagClass, string>> = {
  asset: 'd’équipement',
  badge: 'du personnel',
  sensor: 'de mesure',
  reference: 'de référence',
};

/** What a row is known to be about. */
export interface About {
  readonly what: 'asset' | 'number' | 'serial';
  readonly value: string;
}

const aboutInFrench: Readonly<Record<About['what'], string>> = {
  asset: 'l’équipement',
  number: 'le numéro',
  serial: 'le numéro de série',
};

interface Wearer {
  readonly id: string;
  readonly name: string;
}

/** Everything that can be wrong with a row. */
export const refusals = {
  tooManyCells: (cells: number, heads: number): Refusal => ({
    en: `has ${cells} cells, the first row has ${heads}`,
    fr: `a ${cells} cellules, la première ligne en a ${heads}`,
  }),
  lostLetters: {
    en: 'has letters that were lost when the file was saved (�)',
    fr: 'a des lettres perdues à l’enregistrement du fichier (�)',
  },
  several: ({ what, value }: About): Refusal => ({
    en: `${what} ${value} is that of several assets: give the id`,
    fr: `${aboutInFrench[what]} ${value} est celui de plusieurs équipements : donnez l’id`,
  }),
  needed: (column: Column): Refusal => ({
    en: `a new asset needs a ${column}`,
    fr: `un nouvel équipement a besoin de « ${column} »`,
  }),
  emptied: (column: Column): Refusal => ({
    en: `${column} cannot be empty`,
    fr: `« ${column} » ne peut pas être vide`,
  }),
  unidentified: {
    en: 'needs an id, a number or a serial to be known by',
    fr: 'a besoin d’un id, d’un numéro ou d’un numéro de série',
  },
  retired: (id: string): Refusal => ({
    en: `asset ${id} was taken out of use: choose another id`,
    fr: `l’équipement ${id} a été retiré : choisissez un autre id`,
  }),
  wrongId: (why: string): Refusal => ({
    en: `id ${why}`,
    fr: 'l’id doit avoir de 1 à 100 lettres, chiffres ou . : _ -',
  }),
  repeated: (row: number, { what, value }: About): Refusal => ({
    en: `row ${row} is about ${what} ${value} already`,
    fr: `la ligne ${row} porte déjà sur ${aboutInFrench[what]} ${value}`,
  }),
  tooLong: (column: Column): Refusal => ({ en: `${column} is too long`, fr: `« ${column} » est trop long` }),
  tooManyTags: (tags: number): Refusal => ({
    en: `has ${tags} tags: ${mostTags} at most, with ${tagSeparator} between them`,
    fr: `a ${tags} balises : ${mostTags} au plus, séparées par ${tagSeparator}`,
  }),
  unknown: (what: Named, text: string): Refusal => ({
    en: `unknown ${what} “${text}”`,
    fr: `${inFrench[what].unknown} « ${text} »`,
  }),
  ambiguous: (what: Named, text: string, count: number): Refusal => ({
    en: `“${text}” may be ${count} ${what}s: give its id`,
    fr: `« ${text} » peut être ${count} ${inFrench[what].several} : donnez l’id`,
  }),
  worn: (tagId: TagId, other: Wearer, asset: Wearer): Refusal => ({
    en: `tag ${tagId} is on ${other.name} (${other.id}): it cannot be put on ${asset.name} (${asset.id}) as well`,
    fr: `la balise ${tagId} est sur ${other.name} (${other.id}) : elle ne peut pas l’être aussi sur ${asset.name} (${asset.id})`,
  }),
  otherTag: (tagId: TagId, tagClass: TagClass): Refusal => ({
    en: `tag ${tagId} is a ${tagClass} tag`,
    fr: `la balise ${tagId} est une balise ${classInFrench[tagClass]}`,
  }),
} as const;
