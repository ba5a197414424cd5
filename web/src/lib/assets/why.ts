import type { NearestReason, NearestReply, PassedOver, Waiting } from '../api/types';
import type { Messages } from '../i18n/en';
import { formatSpan } from '../i18n/format';
import { walkMinutes } from './way';

/** A chance as a person would say it; nobody walks differently for 83 % than for 86 %. */
export function chanceInWords(chance: number, t: Messages): string {
  if (chance >= 0.95) return t.chance.sure;
  if (chance >= 0.8) return t.chance.likely;
  if (chance >= 0.55) return t.chance.probably;
  return chance >= 0.3 ? t.chance.perhaps : t.chance.unlikely;
}

export const waitInWords = ({ why, seconds }: Waiting['wait'], t: Messages): string =>
  t.nearest.wait(t.passedOver[why], formatSpan(seconds * 1000, t));

/** Free ones nobody can walk to from here; null when there are none. */
export const cutOffInWords = (reply: Pick<NearestReply, 'leftOut' | 'with'>, t: Messages): string | null =>
  reply.leftOut.unreachable === 0 ? null : t.nearest.leftOut.unreachable[reply.with](reply.leftOut.unreachable);

/** What there is of the kind beside the answers, and why it is none. */
export function leftOutInWords(reply: Pick<NearestReply, 'leftOut' | 'with'>, t: Messages): string[] {
  const counted = (['unavailable', 'claimed', 'unplaced'] as const).flatMap((why) => {
    const n = reply.leftOut[why];
    return n === 0 ? [] : [t.nearest.leftOut[why](n)];
  });
  const cutOff = cutOffInWords(reply, t);
  return cutOff === null ? counted : [cutOff, ...counted];
}

/** Why this one, in plain words: those nearer that will not do are told together by what is in the way. */
export function whyInWords(
  reasons: readonly NearestReason[],
  name: (reason: NearestReason) => string,
  t: Messages,
): string[] {
  const nearer = new Map<PassedOver, string[]>();
  for (const reason of reasons) {
    if (reason.code !== 'passed-over' || reason.why === undefined) continue;
    nearer.set(reason.why, [...(nearer.get(reason.why) ?? []), name(reason)]);
  }
  const passedOver = Array.from(nearer, ([why, names]) => t.nearest.nearerBut(names.join(', '), t.passedOver[why]));
  return [...passedOver, ...reasons.flatMap((reason) => reasonInWords(reason, name, t))];
}

function reasonInWords(reason: NearestReason, name: (reason: NearestReason) => string, t: Messages): string[] {
  switch (reason.code) {
    case 'soonest':
      return [t.nearest.soonest];
    case 'stale':
      return [t.nearest.stale(formatSpan(reason.ageMs ?? 0, t))];
    case 'place-unsure':
      return [t.nearest.roomUnsure];
    case 'next':
      return [t.nearest.ifNot(name(reason), t.nearest.minutes(walkMinutes(reason.seconds ?? 0)))];
    case 'passed-over':
      return [];
  }
}
