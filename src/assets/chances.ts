import type { Place } from './places';

/** A fix of this age is still where the tag is: tags at rest are heard several times within it. */
export const freshMs = 60_000;
/** Of what is not heard any more, a part has gone elsewhere after so long. */
const fadeMs = 20 * 60_000;
/** The share of the doubt about the room that turns out to be right: the engine doubts more than it errs. */
const doubtFounded = 0.35;

/** 0…1, that it is found where it is shown. @param now epoch ms */
export function chanceThere(place: Place, now: number): number {
  const staleMs = Math.max(0, now - place.at - freshMs);
  return (1 - (1 - place.zoneProbability) * doubtFounded) * Math.exp(-staleMs / fadeMs);
}
