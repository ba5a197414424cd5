import type { Refusal } from './refusal';

/** Everything that can be wrong with a file as a whole. */
export const fileRefusals = {
  empty: { en: 'The file is empty', fr: 'Le fichier est vide' },
  workbook: {
    en: 'This is a workbook, not CSV: save it as “CSV UTF-8” first',
    fr: 'C’est un classeur, pas du CSV : enregistrez-le d’abord comme « CSV UTF-8 »',
  },
  noText: { en: 'This is not a text file', fr: 'Ce n’est pas un fichier de texte' },
  /** @param why as the reader of CSV says it; it stumbles over quotes only */
  unreadable: (why: string): Refusal => {
    const line = /line (\d+)/.exec(why)?.[1];
    const where = line === undefined ? '' : ` à la ligne ${line}`;
    return {
      en: `The file cannot be read: ${why}`,
      fr: `Le fichier ne peut pas être lu : un guillemet n’est pas fermé${where}, ou se trouve au milieu d’une cellule`,
    };
  },
  tooLong: (most: number): Refusal => ({
    en: `There are more than ${most} rows: import them in parts`,
    fr: `Il y a plus de ${most} lignes : importez-les en plusieurs fois`,
  }),
  twice: (column: string): Refusal => ({
    en: `Two columns say ${column}: leave one`,
    fr: `Deux colonnes disent « ${column} » : n’en laissez qu’une`,
  }),
  unnamed: (known: readonly string[]): Refusal => ({
    en: `The first row must name the columns, one of id, number or serial among them; known: ${known.join(', ')}`,
    fr: `La première ligne doit nommer les colonnes, dont id, number ou serial; connues : ${known.join(', ')}`,
  }),
  rows: (refused: number, all: number): Refusal => ({
    en: `${refused} of ${all} rows are refused: nothing was changed`,
    fr: `${refused} lignes sur ${all} sont refusées : rien n’a été changé`,
  }),
} as const;
