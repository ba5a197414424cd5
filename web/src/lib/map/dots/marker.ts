import type { AvailabilityStatus } from '../../../../../src/live/protocol';

/** In the order the legend explains them. */
export const markerStatuses: readonly AvailabilityStatus[] = [
  'free',
  'in-use',
  'needs-cleaning',
  'out-of-service',
  'unknown',
];

/** One dot on the map, in metres of its level. */
export interface Marker {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Name of the pictogram of its kind. */
  readonly icon: string;
  readonly status: AvailabilityStatus;
  /** 0 is fresh, 3 is old. */
  readonly fade: number;
  readonly selected: boolean;
  /** Nine times in ten it is within so many metres; null when that is not to be drawn. */
  readonly radius: number | null;
}

/** What is free lies on top, what is not known at the bottom. */
const height = ({ status }: Marker): number => (status === 'free' ? 2 : status === 'unknown' ? 0 : 1);

/** Bottom to top. Chosen ones are drawn apart: they glide, and are never lost in a crowd. */
export function sortMarkers(markers: Iterable<Marker>): {
  readonly chosen: readonly Marker[];
  readonly others: readonly Marker[];
} {
  const chosen: Marker[] = [];
  const others: Marker[] = [];
  for (const marker of markers) (marker.selected ? chosen : others).push(marker);
  return { chosen, others: others.sort((a, b) => height(a) - height(b)) };
}
