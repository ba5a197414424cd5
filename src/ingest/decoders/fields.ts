import { z } from 'zod';
import { maxRssi, minRssi } from '../../core';
import type { SkipReason } from './decoder';

/** Firmware prints numbers as text now and then: both are numbers. Anything else, NaN and infinities are null. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** The fields of one entry of a list, each believed only in its own shape; null when it is no object. */
export const fieldsOf = (raw: unknown): Readonly<Record<string, unknown>> | null => (isFields(raw) ? raw : null);

const isFields = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** Text, or undefined for anything else. */
export const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A field that may be a number, numeric text, missing, or nonsense (null). */
export const looseNumber = z.unknown().optional().transform(toNumber);

/** A field that is text when it is there; anything else is as if missing. */
export const looseText = z.unknown().optional().transform(toText);

/** RSSI in dBm, or null when no radio reports such a value. */
export function toRssi(value: unknown): number | null {
  const rssi = toNumber(value);
  return rssi === null || rssi < minRssi || rssi > maxRssi ? null : rssi;
}

/** Largest time a Date can hold, epoch ms. */
const endOfTime = 8.64e15;

/**
 * Epoch ms from epoch ms, numeric text or ISO 8601 text; null when there is none; undefined when it is not a time.
 * @param unitMs what a number counts: 1000 for seconds.
 */
export function toTime(value: unknown, unitMs = 1): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const number = toNumber(value);
  const at = Math.round(number !== null ? number * unitMs : typeof value === 'string' ? Date.parse(value) : NaN);
  return at > 0 && at < endOfTime ? at : undefined;
}

/** The two fields every entry must have in order, or the reason it is left out. */
export function toHearing(
  rssi: unknown,
  time: unknown,
  unitMs = 1,
): { readonly rssi: number; readonly heardAt: number | null } | SkipReason {
  const strength = toRssi(rssi);
  if (strength === null) return 'bad-rssi';
  const heardAt = toTime(time, unitMs);
  return heardAt === undefined ? 'bad-time' : { rssi: strength, heardAt };
}

/** The first thing wrong with a message, and where. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not as expected';
  const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return where === '' ? issue.message : `${where.replace(/^\./, '')}: ${issue.message}`;
}
