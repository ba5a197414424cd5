/** Where the reader stands: a room picked from the list, or a spot tapped on the plan. Kept on this device only. */
export interface Here {
  readonly levelId: string;
  readonly unitId: string | null;
  /** The spot, metres of the level; null when a room was picked as such. */
  readonly at: readonly [x: number, y: number] | null;
}

const storageKey = 'whereabouts.here';
const recentKey = 'whereabouts.here.recent';
const mostRecent = 4;

class WhereIAm {
  current = $state.raw<Here | null>(read<Here | null>(storageKey, isHere, null));
  /** Rooms chosen lately, newest first. */
  recent = $state.raw<readonly string[]>(read<readonly string[]>(recentKey, isTexts, []));

  choose(here: Here): void {
    this.current = here;
    localStorage.setItem(storageKey, JSON.stringify(here));
    if (here.unitId === null) return;
    this.recent = [here.unitId, ...this.recent.filter((id) => id !== here.unitId)].slice(0, mostRecent);
    localStorage.setItem(recentKey, JSON.stringify(this.recent));
  }

  forget(): void {
    this.current = null;
    localStorage.removeItem(storageKey);
  }
}

/** As the server reads it: `unit:<id>` or `<levelId>,<x>,<y>`. */
export const asOrigin = ({ levelId, unitId, at }: Here): string =>
  at === null ? `unit:${unitId ?? ''}` : `${levelId},${at[0].toFixed(2)},${at[1].toFixed(2)}`;

function read<T>(key: string, isIt: (value: unknown) => value is T, otherwise: T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isIt(value) ? value : otherwise;
  } catch {
    // Something else wrote under this key: as good as nothing.
    return otherwise;
  }
}

function isHere(value: unknown): value is Here {
  if (typeof value !== 'object' || value === null) return false;
  const { levelId, unitId, at } = value as Partial<Record<keyof Here, unknown>>;
  if (typeof levelId !== 'string') return false;
  if (at === null) return typeof unitId === 'string';
  return Array.isArray(at) && at.length === 2 && at.every((metres) => typeof metres === 'number');
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

export const whereIAm = new WhereIAm();
