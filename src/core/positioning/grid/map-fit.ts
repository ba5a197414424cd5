/**
 * How well the maps have fitted a tag of late: the mean misfit of a gateway, as the likelihood counts it, over its last
 * looks. A tag heard through a body, or where the map is a guess, misfits more than the maps say; one they suit, less.
 */
export type MapFit = number;

/**
 * Misfit where maps err as they say: a Student t of five degrees, counted wider on the weak side, has a mean of 0.79 over
 * normal residuals, of which the place and the strength, being fitted, take a tenth.
 */
export const usualFit: MapFit = 0.72;

/** What one look teaches: some fifty are remembered. */
const gain = 0.02;
/** Less than this is luck, and more is a tag no map speaks of. */
const [least, most] = [0.36, 1.44];

/** @param misfit mean over the gateways of a look and the places the tag may be in */
export const learnFit = (before: MapFit, misfit: number): MapFit =>
  Math.round(1e4 * (before + gain * (Math.min(most, misfit) - before))) / 1e4;

/** By what factor errors are larger than the maps say: misfits are squares. */
export const errorScale = (fit: MapFit): number => Math.sqrt(Math.max(least, fit) / usualFit);
