/** One dot on the map. Plain values only: two of them are compared field by field. */
export interface Marker {
  readonly id: string;
  readonly lng: number;
  readonly lat: number;
  readonly kind: string;
  readonly status: string;
  readonly fade: number;
  readonly selected: boolean;
}

export interface MarkerUpdate {
  readonly id: string;
  /** Where to, when it moved. */
  readonly at: readonly [lng: number, lat: number] | null;
  readonly changed: Readonly<Partial<Omit<Marker, 'id' | 'lng' | 'lat'>>>;
}

/** Applied in this order: remove, add, update. An id is in at most one of the three. */
export interface MarkerDiff {
  readonly remove: readonly string[];
  readonly add: readonly Marker[];
  readonly update: readonly MarkerUpdate[];
}

const fields = ['kind', 'status', 'fade', 'selected'] as const;

/** What must be told to the map so that it shows `after` where it showed `before`. */
export function diffMarkers(before: ReadonlyMap<string, Marker>, after: ReadonlyMap<string, Marker>): MarkerDiff {
  const remove: string[] = [];
  const add: Marker[] = [];
  const update: MarkerUpdate[] = [];
  for (const id of before.keys()) if (!after.has(id)) remove.push(id);
  for (const marker of after.values()) {
    const old = before.get(marker.id);
    if (old === undefined) {
      add.push(marker);
      continue;
    }
    const moved = old.lng !== marker.lng || old.lat !== marker.lat;
    const isChanged = fields.some((field) => old[field] !== marker[field]);
    if (!moved && !isChanged) continue;
    update.push({
      id: marker.id,
      at: moved ? [marker.lng, marker.lat] : null,
      changed: isChanged ? changesOf(old, marker) : unchanged,
    });
  }
  return { remove, add, update };
}

/** Most dots that move do nothing else: none of them needs an object of its own. */
const unchanged: MarkerUpdate['changed'] = {};
const changesOf = (old: Marker, marker: Marker): MarkerUpdate['changed'] =>
  Object.fromEntries(fields.filter((field) => old[field] !== marker[field]).map((field) => [field, marker[field]]));

export const isEmptyDiff = ({ remove, add, update }: MarkerDiff): boolean =>
  remove.length + add.length + update.length === 0;
