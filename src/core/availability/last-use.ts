import type { LastUse, Space, Whereabouts } from './known';
import type { AvailabilityRules, State } from './rules';
import { asItRests, mainState, spacesOf } from './weigh-place';

/** A rest tells of use or of cleaning once it has lasted so long: the first looks at it are rough. */
const restedMs = 60_000;
/** Less likely than this it was neither used nor cleaned there: what is next door does not wear away what is known. */
const sure = 0.5;

/**
 * What is known of a piece's use after a look at its place. Resting where such things are used makes it uncleaned by how
 * likely it is there; resting where they are cleaned takes that away by how likely it is there. All looks at one rest are
 * one witness: the newest counts.
 * @param before null when it was seen neither used nor cleaned
 */
export function followUse(before: LastUse | null, seen: Whereabouts, rules: AvailabilityRules): LastUse | null {
  const { restingSince, at, silent } = seen;
  if (rules.lastUse === null || silent || restingSince === null || at - restingSince < restedMs) return before;
  const place = asItRests(seen, rules);
  const used = shareOf('in-use', place, rules);
  const cleaned = shareOf('needs-cleaning', place, rules);
  const isTold = used + cleaned > 0 && isUsedOrCleanedIn(place.space, rules);
  const told = isTold && place.space !== null ? { space: place.space, at } : before;
  if (told === null) return null;
  const came = before === null ? 0 : before.restingSince === restingSince ? before.came : before.uncleaned;
  const uncleaned = (1 - cleaned) * (1 - (1 - came) * (1 - used));
  return { space: told.space, at: told.at, uncleaned, came, restingSince };
}

function shareOf(state: State, place: Whereabouts, rules: AvailabilityRules): number {
  let share = 0;
  for (const { type, probability } of spacesOf(place)) if (mainState(type, rules) === state) share += probability;
  return share < sure ? 0 : Math.min(1, share);
}

function isUsedOrCleanedIn(space: Space | null, rules: AvailabilityRules): boolean {
  const state = space === null ? null : mainState(space.type, rules);
  return state === 'in-use' || state === 'needs-cleaning';
}
