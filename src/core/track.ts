import type { Fix } from './fix';
import type { TagId } from './ids';
import { type LevelModel, type SiteModel } from './model';
import type { Move, Presence, PresenceChange } from './move';
import { errorRadii } from './positioning/error-radius';
import { keepOnLevel, nearestOnLevel } from './positioning/keep-on-level';
import { chooseLevel, type LevelLead } from './positioning/level-choice';
import { emptySolution, type Near } from './positioning/locate';
import {
  correctMotion,
  isCalm,
  likelySpeed,
  meanMotion,
  type Motion,
  predictMotion,
  roundMotion,
  startMotion,
} from './positioning/motion';
import { type Anchor, isSettled, moveAnchor } from './presence/rest';
import { advancePresence, leave } from './presence/presence';
import { isWorthKeeping, type KeptFix, keptFix } from './presence/thinning';
import { emptySignals, readSignals } from './radio/signals';
import { type GatewayWindow, holds, type OpenGatewayWindow, openWindow, slideWindow } from './radio/window';
import type { Rules } from './rules';
import type { Sighting } from './sighting';
import { chooseZone } from './zoning/choose-zone';

/** All that is remembered of one tag. Plain JSON; nothing in it depends on how its sightings came in batches. */
export interface Track {
  readonly tagId: TagId;
  /** First `heardAt`, epoch ms: the window counts from it. */
  readonly origin: number;
  /** Newest `heardAt` and newest `receivedAt`, epoch ms. */
  readonly newestAt: number;
  readonly receivedAt: number;
  readonly window: readonly GatewayWindow[];
  /** Sightings taken since the last fix, and `newestAt` when the first of them came. */
  readonly waiting: number;
  readonly waitingSince: number;
  /** From when another fix may be made, epoch ms: the tag's allowance of fixes. */
  readonly due: number;
  /** The state before the present round of sightings; fixes inside a round start over from it. */
  readonly round: Round;
  readonly followed: Followed | null;
  readonly fix: Fix | null;
  readonly presence: Presence | null;
  /** Where the tag has stayed, and since when. */
  readonly anchor: Anchor | null;
  readonly kept: KeptFix | null;
}

export interface Followed {
  readonly motion: Motion;
  readonly lead: LevelLead;
}

export interface Round {
  /** Epoch ms of its first fix. */
  readonly at: number;
  readonly before: Followed | null;
}

export type DropReason = 'duplicate' | 'late' | 'ahead' | 'unknown-gateway' | 'unplaced-gateway';
export type Dropped = Partial<Record<DropReason, number>>;

export interface Advance {
  /** Null only when there was no track and every sighting was dropped. */
  readonly track: Track | null;
  readonly moves: readonly Move[];
  readonly dropped: Dropped;
}

type Draft = { -readonly [K in keyof Track]: Track[K] } & { readonly window: OpenGatewayWindow[] };

const signals = emptySignals();
const solution = emptySolution();

/**
 * The whole path of one tag's sightings: accept, slide the window, choose the level, locate, filter, zone, presence.
 * Deterministic, and the same for the same order of sightings however they are cut into batches: the instants of
 * fixes come from `heardAt`.
 * @param track what the last call returned; null for a tag not heard yet.
 * @param heard sightings of this tag, in the order they came.
 * @param now epoch ms on our clock; only says which sightings claim to come from the future.
 */
export function advance(track: Track | null, heard: readonly Sighting[], now: number, model: SiteModel): Advance {
  const moves: Move[] = [];
  const dropped: Dropped = {};
  let draft: Draft | null = track === null ? null : { ...track, window: openWindow(track.window) };
  for (const sighting of heard) {
    const reason = refuse(sighting, draft, now, model);
    if (reason !== null) {
      dropped[reason] = (dropped[reason] ?? 0) + 1;
      continue;
    }
    draft ??= begin(sighting, model.rules);
    take(draft, sighting, model.rules);
    if (isFixDue(draft, model.rules)) moves.push(makeMove(draft, model));
  }
  return { track: draft, moves, dropped };
}

/** The last move of a tag not heard for `silentAfterMs` on our clock, null before that. Its track is then to be deleted. */
export function endSilent(track: Track, now: number, silentAfterMs: number): Move | null {
  const { tagId, fix, presence, newestAt: at, receivedAt, anchor } = track;
  if (fix === null || now - receivedAt < silentAfterMs) return null;
  const changes: PresenceChange[] = [{ type: 'silent', at }];
  if (presence !== null) changes.unshift(leave(presence, fix.sectionId, at));
  const restingSince = fix.moving ? null : (anchor?.since ?? null);
  return { tagId, fix, changes, presence: null, restingSince, keep: false, receivedAt };
}

function refuse(sighting: Sighting, track: Track | null, now: number, model: SiteModel): DropReason | null {
  const { gatewayId, heardAt } = sighting;
  if (!model.gatewayIndex.has(gatewayId)) {
    return model.site.gatewayById.has(gatewayId) ? 'unplaced-gateway' : 'unknown-gateway';
  }
  if (heardAt > now + model.rules.aheadMs) return 'ahead';
  if (track === null) return null;
  if (heardAt < track.newestAt - model.rules.windowMs) return 'late';
  return holds(track.window, sighting, track.origin) ? 'duplicate' : null;
}

function begin({ tagId, heardAt, receivedAt }: Sighting, rules: Rules): Draft {
  return {
    tagId,
    origin: heardAt,
    newestAt: heardAt,
    receivedAt,
    window: [],
    waiting: 0,
    waitingSince: heardAt,
    due: heardAt - rules.savedFixes * rules.fixIntervalMs,
    round: { at: heardAt, before: null },
    followed: null,
    fix: null,
    presence: null,
    anchor: null,
    kept: null,
  };
}

function take(draft: Draft, sighting: Sighting, rules: Rules): void {
  draft.newestAt = Math.max(draft.newestAt, sighting.heardAt);
  draft.receivedAt = Math.max(draft.receivedAt, sighting.receivedAt);
  if (draft.waiting++ === 0) draft.waitingSince = draft.newestAt;
  slideWindow(draft.window, sighting, draft.origin, draft.newestAt, rules);
}

/**
 * One fix per interval on average, what a quiet tag has saved up included. A fix waits until half of the gateways have
 * been heard again, or for one interval. A tag newly heard, or after a silence, has nothing to wait for.
 */
function isFixDue(track: Track, rules: Rules): boolean {
  const { newestAt, due, waiting, waitingSince, window, round } = track;
  if (newestAt < due) return false;
  if (2 * waiting >= window.length || newestAt >= waitingSince + intervalOf(track, rules)) return true;
  return round.before === null || round.at >= round.before.motion.at + rules.windowMs;
}

/** A tag that rests, and gives no sign of setting off, needs fewer fixes. */
const intervalOf = ({ fix, followed }: Track, rules: Rules): number =>
  fix?.moving === false && followed !== null && isCalm(followed.motion)
    ? rules.restingFixIntervalMs
    : rules.fixIntervalMs;

function makeMove(draft: Draft, model: SiteModel): Move {
  const { rules } = model;
  const { tagId, receivedAt } = draft;
  startRound(draft, rules);
  const followed = follow(draft, model);
  const fix = describe(draft, followed, model);
  const { presence, changes } = advancePresence(draft.presence, { ...fix, from: draft.fix }, model);
  const keep = isWorthKeeping(fix, draft.kept, rules);
  draft.followed = followed;
  draft.anchor = moveAnchor(draft.anchor, fix, rules);
  draft.fix = fix;
  draft.presence = presence;
  if (keep) draft.kept = keptFix(fix);
  const restingSince = fix.moving ? null : draft.anchor.since;
  return { tagId, fix, changes, presence, restingSince, keep, receivedAt };
}

/** Spends one fix of the allowance; the first fix of a round remembers the state it starts from. */
function startRound(draft: Draft, rules: Rules): void {
  const interval = intervalOf(draft, rules);
  draft.due = Math.max(draft.due, draft.newestAt - rules.savedFixes * interval) + interval;
  draft.waiting = 0;
  if (draft.newestAt >= draft.round.at + rules.fixIntervalMs) {
    draft.round = { at: draft.newestAt, before: draft.followed };
  }
}

/** Level, place and motion at the newest sighting, from the state before the round and the window. */
function follow({ window, origin, newestAt, round: { before } }: Draft, model: SiteModel): Followed {
  const { rules, gatewayIndex } = model;
  const since = before === null ? -Infinity : before.motion.at - origin;
  readSignals({ window, gatewayIndex, until: newestAt - origin, since }, rules, signals);
  const predicted = before === null ? null : predictMotion(before.motion, newestAt, rules);
  const near = predicted === null ? null : nearOf(predicted, rules);
  const lead = chooseLevel({ signals, near, model, method: 'least-squares' }, before?.lead ?? null, solution);
  const news = Math.max(signals.freshShare, rules.leastNews) / (1 - rules.standingShare);
  const { x, y, xx, xy, yy } = solution;
  const measured = { x, y, xx: xx / news, xy: xy / news, yy: yy / news, lagS: signals.lagS };
  const motion =
    predicted === null ? startMotion(newestAt, measured, rules) : correctMotion(predicted, measured, rules);
  return { lead, motion: roundMotion(keepOnLevel(motion, levelOf(lead, model))) };
}

/** Where signals may settle what they leave open: near the predicted place, more loosely the faster the tag may be. */
function nearOf(predicted: Motion, rules: Rules): Near {
  const { state, covariance } = meanMotion(predicted);
  const slack = rules.nearSlackM + rules.nearSlackS * likelySpeed(predicted, rules);
  return {
    x: state[0] ?? 0,
    y: state[1] ?? 0,
    variance: 0.5 * ((covariance[0] ?? 0) + (covariance[5] ?? 0)) + slack ** 2,
  };
}

function levelOf(lead: LevelLead, model: SiteModel): LevelModel {
  const level = model.levels[model.levelIndex.get(lead.levelId) ?? -1];
  if (level === undefined) throw new RangeError(`Unexpected level ${lead.levelId}`);
  return level;
}

/** The fix to announce: place, honest radii, zone with its probability, moving or at rest. */
function describe({ tagId, fix: last, anchor }: Draft, { motion, lead }: Followed, model: SiteModel): Fix {
  const { rules, site } = model;
  const level = levelOf(lead, model);
  const { state, covariance } = meanMotion(motion);
  const [x, y] = nearestOnLevel(state[0] ?? 0, state[1] ?? 0, level);
  const [pxx = 0, pxy = 0, , , , pyy = 0] = covariance;
  const blob = {
    x,
    y,
    xx: (pxx + rules.standingShare * solution.xx) * rules.radiusFactor ** 2,
    xy: (pxy + rules.standingShare * solution.xy) * rules.radiusFactor ** 2,
    yy: (pyy + rules.standingShare * solution.yy) * rules.radiusFactor ** 2,
  };
  const { radius50, radius90 } = errorRadii(blob.xx, blob.xy, blob.yy);
  const present = last?.levelId === lead.levelId ? last.zoneId : null;
  const { zoneId, probability, zones } = chooseZone(level, { blob, radius50, radius90 }, present, rules);
  return {
    tagId,
    at: motion.at,
    levelId: lead.levelId,
    x: round(x),
    y: round(y),
    radius50: round(radius50),
    radius90: round(radius90),
    zoneId,
    sectionId: zoneId === null ? null : (site.unitById.get(zoneId)?.sectionId ?? null),
    zoneProbability: probability,
    zones,
    moving: !isSettled(anchor, { x, y, radius50, at: motion.at, levelId: lead.levelId }, rules),
  };
}

/** Centimetres are enough. */
const round = (metres: number): number => Math.round(metres * 100) / 100;
