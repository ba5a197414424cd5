/** Whether an asset can be taken. */
export type Availability = 'free' | 'in-use' | 'needs-cleaning' | 'out-of-service' | 'unknown';
export const availabilities: readonly Availability[] = [
  'free',
  'in-use',
  'needs-cleaning',
  'out-of-service',
  'unknown',
];

/** What places say about a kind of asset. Space types are ours (`clean-utility`), else IMDF unit categories. */
export interface AvailabilityRules {
  /** What an asset is that rests in a space of this type; a type left out says nothing. */
  readonly bySpace: Readonly<Record<string, Availability>>;
  /** Spaces things pass through: they say nothing before an asset has rested there for `settleMs`. */
  readonly passages: ReadonlySet<string>;
  readonly settleMs: number;
  /** A place counts when what it says is at least so probable, 0…1… */
  readonly leastProbability: number;
  /** …and goes on counting while it is so probable, so that an answer near the edge does not come and go. */
  readonly leastToHold: number;
  /** How long a status set by hand holds; `out-of-service` holds until it is cleared. */
  readonly manualForMs: number;
}
