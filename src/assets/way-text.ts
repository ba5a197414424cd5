import type { Instruction, Label, Level, Site } from '../core';

/** One line to walk by, in each language. */
export interface WayText {
  readonly en: string;
  readonly fr: string;
}

type Language = keyof WayText;

/** The instructions as one plain line: `Lift B to Level 3, second door left`. */
export const wayText = (instructions: readonly Instruction[], site: Site): WayText => ({
  en: lineIn('en', instructions, site),
  fr: lineIn('fr', instructions, site),
});

/** Only what one must remember: rides, the last passage, and the door. */
function lineIn(language: Language, instructions: readonly Instruction[], site: Site): string {
  const parts = instructions.flatMap((instruction, i): string[] => {
    const next = instructions[i + 1];
    switch (instruction.code) {
      case 'here':
        return [words[language].here];
      case 'leave':
        return instruction.side === undefined || next?.code !== 'walk' ? [] : [words[language].out[instruction.side]];
      case 'walk':
        return walkIn(language, instructions, i, site);
      case 'lift':
      case 'stairs': {
        const level = site.levelById.get(instruction.levelId);
        return level === undefined ? [] : [words[language].ride(nameOf(instruction, site, language), level)];
      }
      case 'enter':
        return [enterIn(language, instruction, site)];
    }
  });
  const line = parts.join(', ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** The last passage before a door; straight out of a room or a lift, the turn into it is enough. */
function walkIn(language: Language, instructions: readonly Instruction[], i: number, site: Site): string[] {
  const [before, walk, next] = [instructions[i - 1], instructions[i], instructions[i + 1]];
  if (walk === undefined || (next !== undefined && next.code !== 'enter')) return [];
  if (before?.code === 'walk' || next === undefined) return [nameOf(walk, site, language)];
  const isRide = before?.code === 'lift' || before?.code === 'stairs';
  return isRide && walk.side !== undefined ? [words[language].turn[walk.side]] : [];
}

function enterIn(language: Language, { side, ordinal, unitId }: Instruction, site: Site): string {
  if (side === undefined || ordinal === undefined) {
    return words[language].into(labelIn(site.unitById.get(unitId)?.name, language));
  }
  return words[language].door(ordinal, side);
}

const nameOf = ({ unitId }: Instruction, site: Site, language: Language): string =>
  labelIn(site.unitById.get(unitId)?.name, language);

const labelIn = (label: Label | undefined, language: Language): string =>
  (language === 'fr' ? label?.fr : undefined) ?? label?.en ?? '';

const ordinalsEn = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ordinalsFr = [
  'première',
  'deuxième',
  'troisième',
  'quatrième',
  'cinquième',
  'sixième',
  'septième',
  'huitième',
  'neuvième',
  'dixième',
];

/** What stands with the article in French: `jusqu’au niveau 3`, but `jusqu’à Mezzanine`. */
const withArticle = /^(niveau|rez-de-|sous-sol|premier|\d+e étage|toit)/i;

function levelFr({ name, names }: Level): string {
  const french = names?.fr ?? name;
  return withArticle.test(french) ? `au ${french.charAt(0).toLowerCase()}${french.slice(1)}` : `à ${french}`;
}

const words = {
  en: {
    here: 'in this room',
    turn: { left: 'turn left', right: 'turn right' },
    out: { left: 'left out of the door', right: 'right out of the door' },
    ride: (by: string, level: Level): string => `${by} to ${level.name}`,
    door: (n: number, side: 'left' | 'right'): string => `${ordinalsEn[n - 1] ?? `${n}th`} door ${side}`,
    into: (room: string): string => `straight ahead into ${room}`,
  },
  fr: {
    here: 'dans cette pièce',
    turn: { left: 'tourner à gauche', right: 'tourner à droite' },
    out: { left: 'à gauche en sortant', right: 'à droite en sortant' },
    ride: (by: string, level: Level): string => `${by} jusqu’${levelFr(level)}`,
    door: (n: number, side: 'left' | 'right'): string =>
      `${ordinalsFr[n - 1] ?? `${n}e`} porte à ${side === 'left' ? 'gauche' : 'droite'}`,
    into: (room: string): string => `tout droit, ${room}`,
  },
} as const;
