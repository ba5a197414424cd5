import type { CorrectionCode, Evidence } from '../live/protocol';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What an evidence says, before it is put in words. */
export type Unworded = Omit<Evidence, 'text'>;

/** An evidence as an English sentence: "at rest in Clean utility 3-114 for 42 min". @param now epoch ms */
export function evidenceText(evidence: Unworded, now: number): string {
  const lasting = evidence.since === undefined ? '' : ` for ${span(now - evidence.since)}`;
  const ago = evidence.since === undefined ? '' : ` ${span(now - evidence.since)} ago`;
  switch (evidence.code) {
    case 'rests-in':
      return `at rest in ${roomOf(evidence)}${lasting}`;
    case 'moving':
      return `on the move in ${roomOf(evidence)}`;
    case 'moving-with':
      return `going the same way as ${evidence.companion?.name ?? 'a bed'}${lasting}`;
    case 'rested-long':
      return `not moved${lasting}`;
    case 'not-cleaned':
      return `used in ${roomOf(evidence)}${ago}, not seen where such things are cleaned since`;
    case 'cleaned':
      return `was in ${roomOf(evidence)}${ago}, where such things are cleaned`;
    case 'place-unsure':
      return `not sure which room it is in, most likely ${roomOf(evidence)}`;
    case 'manual':
      return `set to ${evidence.status} by staff${ago}${noteOf(evidence)}`;
    case 'device-feed':
      return `${evidence.status} as the device itself says${ago}${noteOf(evidence)}`;
    case 'out-of-service':
      return `out of service${lasting}${noteOf(evidence)}`;
    case 'recall':
      return `recalled${ago}${noteOf(evidence)}`;
    case 'silent':
      return `its tag has not been heard${lasting}, last in ${roomOf(evidence)}`;
    case 'never-heard':
      return 'its tag has never been heard';
    case 'corrected':
      return `${corrected[evidence.correction ?? 'not-here']}${ago}`;
    case 'claimed':
      return 'somebody is on the way to it';
  }
}

const corrected: Readonly<Record<CorrectionCode, string>> = {
  'not-here': 'somebody looked and did not find it here',
  'in-use': 'somebody found it in use',
  dirty: 'somebody found it dirty',
  broken: 'somebody found it broken',
  free: 'somebody found it free',
  found: 'somebody found it here',
  returned: 'somebody brought it back',
};

function roomOf({ unitName, unitNumber, orAlike }: Unworded): string {
  if (unitName === undefined) return 'no known room';
  const isNumbered = unitNumber === undefined || unitName.en.includes(unitNumber);
  const room = isNumbered ? unitName.en : `${unitName.en} ${unitNumber}`;
  return orAlike === true ? `${room} or one like it` : room;
}

const noteOf = ({ note }: Unworded): string => (note === undefined || note === '' ? '' : `: ${note}`);

/** `under a minute`, `42 min`, `3 h 5 min`, `2 days`. */
function span(ms: number): string {
  if (ms < minute) return 'under a minute';
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms >= 2 * day) return `${Math.floor(ms / day)} days`;
  const minutes = Math.floor((ms % hour) / minute);
  return minutes === 0 ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / hour)} h ${minutes} min`;
}
