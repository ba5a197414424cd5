import type { Marker } from './fix-diff';

/** From so many dots on, those that lie on top of each other are drawn as one with their number. */
export const crowdFrom = 250;

export type MarkerSource = 'equipment' | 'crowd';

/** Which source draws which dots. Chosen ones are drawn apart: they glide. */
export function sortMarkers(markers: ReadonlyMap<string, Marker>): {
  readonly chosen: ReadonlyMap<string, Marker>;
  readonly equipment: ReadonlyMap<string, Marker>;
  readonly crowd: ReadonlyMap<string, Marker>;
} {
  const chosen = new Map<string, Marker>();
  const others = new Map<string, Marker>();
  for (const [id, marker] of markers) (marker.selected ? chosen : others).set(id, marker);
  const none: ReadonlyMap<string, Marker> = new Map();
  const crowded = others.size >= crowdFrom;
  return { chosen, equipment: crowded ? none : others, crowd: crowded ? others : none };
}
