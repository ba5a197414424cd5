import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AvailabilityRules, Discount, Fading, SaidRule } from '../core';
import { type AvailabilityFile, availabilityFile, type KindRules, kindRules } from './availability-file';
import { kinds } from './kinds';

/** The rules as they hold, for all kinds and for each. */
export interface RuleSet {
  readonly general: AvailabilityRules;
  readonly byKind: ReadonlyMap<string, AvailabilityRules>;
  /** The same as a file would say it: `general` whole, and each kind whole. */
  readonly written: { readonly general: KindRules; readonly kinds: Readonly<Record<string, KindRules>> };
}

/** Layers of rules do not fit together: the message says where. */
export class RulesError extends Error {
  override name = 'RulesError';
}

/** The rules that come along. */
export const shippedFile: AvailabilityFile = availabilityFile.parse(
  JSON.parse(readFileSync(join(__dirname, 'availability.json'), 'utf8')),
);

/** Lays files one over the other: for each kind what is said of all, of it, then the same of the next file. @throws RulesError */
export function layRules(...files: readonly AvailabilityFile[]): RuleSet {
  const general = complete(
    files.map((file) => file.general ?? {}),
    'general',
  );
  const written = Object.fromEntries(
    kinds.map(({ id }) => [
      id,
      complete(
        files.flatMap((file) => [file.general ?? {}, file.kinds?.[id] ?? {}]),
        id,
      ),
    ]),
  );
  return {
    general: compile(general),
    byKind: new Map(Object.entries(written).map(([id, rules]) => [id, compile(rules)])),
    written: { general, kinds: written },
  };
}

function complete(layers: readonly unknown[], what: string): KindRules {
  const parsed = kindRules.safeParse(layers.reduce(lay, {}));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${what}.${path.join('.')}: ${message}`);
    throw new RulesError(faults.join('; '));
  }
  const rules = parsed.data;
  if (rules.leastToHold > rules.leastToSay) throw new RulesError(`${what}.leastToHold must not be above leastToSay`);
  if (rules.leastPlaceToHold > rules.leastPlace) {
    throw new RulesError(`${what}.leastPlaceToHold must not be above leastPlace`);
  }
  return rules;
}

/** Objects are laid over each other field by field; everything else is replaced. */
function lay(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over;
  const laid: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value !== undefined) laid[key] = key in under ? lay(under[key], value) : value;
  }
  return laid;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const minuteMs = 60_000;
const halfLife = (minutes: number | null): number => (minutes === null ? Infinity : minutes * minuteMs);
const said = ({ weight, halfLifeMinutes }: KindRules['manual']): SaidRule => ({
  weight,
  halfLifeMs: halfLife(halfLifeMinutes),
});
const fading = ({ weights, halfLifeMinutes }: KindRules['returned']): Fading => ({
  weights,
  halfLifeMs: halfLife(halfLifeMinutes),
});
const discount = ({ keep, halfLifeMinutes }: KindRules['silent']): Discount => ({
  keep,
  halfLifeMs: halfLife(halfLifeMinutes),
});

const isSilent = (weights: Readonly<Record<string, object>>): boolean =>
  Object.values(weights).every((some) => Object.values(some).every((weight) => weight === 0));

function compile(rules: KindRules): AvailabilityRules {
  const { movingWith, stale, misled } = rules;
  const { prior, leastToSay, leastToHold, leastToSayPlainly, seldom, leastPlace, leastPlaceToHold, places } = rules;
  return {
    ...{ prior, leastToSay, leastToHold, leastToSayPlainly, seldom, leastPlace, leastPlaceToHold, places },
    passages: new Set(rules.passages),
    settleMs: rules.settleMinutes * minuteMs,
    moving: rules.moving.weights,
    movingWith: { ...fading(movingWith), kinds: new Set(movingWith.kinds), steps: movingWith.steps },
    restedLong: Object.fromEntries(
      Object.entries(rules.restedLong).map(([state, { afterMinutes, fullAfterMinutes, weights }]) => [
        state,
        { afterMs: afterMinutes * minuteMs, fullAfterMs: fullAfterMinutes * minuteMs, weights },
      ]),
    ),
    lastUse: isSilent(rules.lastUse) ? null : rules.lastUse,
    stale: { afterMs: stale.afterMinutes * minuteMs, halfLifeMs: stale.halfLifeMinutes * minuteMs },
    silent: discount(rules.silent),
    manual: said(rules.manual),
    corrected: said(rules.corrected),
    deviceFeed: said(rules.deviceFeed),
    outOfService: said(rules.outOfService),
    manualForMs: rules.manualForMinutes * minuteMs,
    notHere: discount(rules.notHere),
    returned: fading(rules.returned),
    claimed: rules.claimed.weights,
    misled: { loss: misled.loss, halfLifeMs: halfLife(misled.halfLifeMinutes) },
  };
}

/** The rules of a site that says nothing of its own. */
export const shippedRules: RuleSet = layRules(shippedFile);
