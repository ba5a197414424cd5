import type { Messages } from './en';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in words that change no oftener than they must: every second below a minute, then every minute. */
export function formatAge(ageMs: number, t: Messages): string {
  if (ageMs < 5 * second) return t.age.now;
  if (ageMs < minute) return t.age.seconds(Math.floor(ageMs / second));
  if (ageMs < hour) return t.age.minutes(Math.floor(ageMs / minute));
  if (ageMs < day) return t.age.hours(Math.floor(ageMs / hour));
  return t.age.days(Math.floor(ageMs / day));
}

/** `12 s ago`; from `staleMs` on, or when the tag has gone silent, `last seen 14:05, 3 h ago`. */
export function formatFreshness(
  seen: { readonly at: number; readonly silent: boolean },
  now: number,
  t: Messages,
  locale: string,
  staleMs = 10 * minute,
): string {
  const ageMs = Math.max(0, now - seen.at);
  const age = formatAge(ageMs, t);
  if (!seen.silent && ageMs < staleMs) return age;
  return t.age.lastSeen(formatTime(seen.at, now, locale), age);
}

/** How long something lasted: `55 min`, `2 h 10 min`. */
export function formatSpan(ms: number, t: Messages): string {
  const minutes = Math.max(1, Math.round(ms / minute));
  if (minutes < 60) return t.age.forMinutes(minutes);
  return t.age.forHours(Math.floor(minutes / 60), minutes % 60);
}

/** 24-hour clock; with the day in front when it is not today. */
export function formatTime(at: number, now: number, locale: string): string {
  const time = clock(locale).format(at).replace(/ /g, '\u00a0');
  if (new Date(at).toDateString() === new Date(now).toDateString()) return time;
  return `${new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }).format(at)} ${time}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function clock(locale: string): Intl.DateTimeFormat {
  const known = clocks.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(locale, made);
  return made;
}
