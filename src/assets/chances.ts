import type { Place } from './places';

/** A fix of this age is still where the tag is: tags at rest are heard several times within it. */
export const freshMs = 60_000;
/** Of what is not heard any more, a part has gone elsewhere after so long. */
const fadeMs = 20 * 60_000;
/**
 * The engine doubts more than it errs: of what is free with probability p, about p to this power is found so.
 * `npm run bench:day` prints what was said against what was found.
 */
const sharpness = 0.4;

/** 0…1, that it can be used where it is shown. @param freeProbability place and evidence mixed. @param now epoch ms */
export function chanceThere(freeProbability: number, place: Place, now: number): number {
  const staleMs = Math.max(0, now - place.at - freshMs);
  return freeProbability ** sharpness * Math.exp(-staleMs / fadeMs);
}
