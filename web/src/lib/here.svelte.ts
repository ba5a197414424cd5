/**
 * Where the reader stands: a room picked from the list, a spot tapped on the plan, or where the tag is that the tablet
 * itself wears. Kept on this device only.
 */
export interface Here {
  readonly levelId: string;
  readonly unitId: string | null;
  /** The spot, metres of the level; null when a room was picked as such. */
  readonly at: readonly [x: number, y: number] | null;
  /** The equipment whose tag tells the place: this tablet, or the cart it is fixed to. Missing when it was chosen. */
  readonly assetId?: string;
}

const storageKey = 'whereabouts.here';
const recentKey = 'whereabouts.here.recent';
const mostRecent = 4;

class WhereIAm {
  current = $state.raw<Here | null>(read<Here | null>(storageKey, isHere, null));
  /** Rooms chosen lately, newest first. */
  recent = $state.raw<readonly string[]>(read<readonly string[]>(recentKey, isTexts, []));

  /** By hand or by a tag: what was chosen before no longer counts. */
  choose(here: Here): void {
    this.#keep(here);
    if (here.unitId === null || here.assetId !== undefined) return;
    this.recent = [here.unitId, ...this.recent.filter((id) => id !== here.unitId)].slice(0, mostRecent);
    localStorage.setItem(recentKey, JSON.stringify(this.recent));
  }

  /** The tag it goes by was heard: a step is shown, a new room is kept for the next opening too. */
  moved(place: Pick<Here, 'levelId' | 'unitId' | 'at'>): void {
    const known = this.current;
    if (known?.assetId === undefined || isSamePlace(known, place)) return;
    const here = { ...known, ...place };
    if (known.unitId === here.unitId && known.levelId === here.levelId) this.current = here;
    else this.#keep(here);
  }

  forget(): void {
    this.current = null;
    localStorage.removeItem(storageKey);
  }

  #keep(here: Here): void {
    this.current = here;
    localStorage.setItem(storageKey, JSON.stringify(here));
  }
}

/** As the server reads it: `asset:<id>`, `unit:<id>` or `<levelId>,<x>,<y>`. */
export function asOrigin({ levelId, unitId, at, assetId }: Here): string {
  if (assetId !== undefined) return `asset:${assetId}`;
  return at === null ? `unit:${unitId ?? ''}` : `${levelId},${at[0].toFixed(2)},${at[1].toFixed(2)}`;
}

const isSamePlace = (a: Pick<Here, 'levelId' | 'unitId' | 'at'>, b: Pick<Here, 'levelId' | 'unitId' | 'at'>): boolean =>
  a.levelId === b.levelId && a.unitId === b.unitId && a.at?.[0] === b.at?.[0] && a.at?.[1] === b.at?.[1];

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
  const { levelId, unitId, at, assetId } = value as Partial<Record<keyof Here, unknown>>;
  if (typeof levelId !== 'string' || !['string', 'undefined'].includes(typeof assetId)) return false;
  if (at === null) return typeof unitId === 'string';
  return Array.isArray(at) && at.length === 2 && at.every((metres) => typeof metres === 'number');
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

export const whereIAm = new WhereIAm();
