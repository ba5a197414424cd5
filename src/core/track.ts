import type { Fix } from './fix';
import type { TagId } from './ids';
import type { SiteModel } from './model';
import type { Move, Presence, PresenceChange } from './move';
import { type Cadence, countWaiting, isFixDue, spendFix, startCadence, type Timing } from './positioning/cadence';
import { follow, type Followed, instantOf, isAtRest } from './positioning/follow';
import type { Place } from './positioning/place';
import { advancePresence, leave } from './presence/presence';
import { type Anchor, isSettled, moveAnchor } from './presence/rest';
import { isWorthKeeping, type KeptFix, keptFix } from './presence/thinning';
import { type GatewayWindow, holds, type OpenGatewayWindow, openWindow, slideWindow } from './radio/window';
import type { Rules } from './rules';
import type { Sighting } from './sighting';
import { chooseZone, type ZoneChoice } from './zoning/choose-zone';

/** Raised with every change of what a track holds or means. */
export const trackVersion = 3;

/** All that is remembered of one tag. Plain JSON; nothing in it depends on how its sightings came in batches. */
export interface Track {
  /** Of another version, a stored track is not read: its tag starts anew. */
  readonly version: typeof trackVersion;
  readonly tagId: TagId;
  /** First `heardAt`, epoch ms: the window counts from it. */
  readonly origin: number;
  /** Newest `heardAt` and newest `receivedAt`, epoch ms. */
  readonly newestAt: number;
  readonly receivedAt: number;
  readonly window: readonly GatewayWindow[];
  readonly cadence: Cadence;
  /** The state before the present round of sightings; fixes inside a round start over from it. */
  readonly round: Round;
  readonly followed: Followed | null;
  readonly fix: Fix | null;
  readonly presence: Presence | null;
  /** Where the tag has stayed, and since when. */
  readonly anchor: Anchor | null;
  readonly kept: KeptFix | null;
}

export interface Round {
  /** Epoch ms of its first fix. */
  readonly at: number;
  readonly before: Followed | null;
}

export type DropReason = 'absurd-rssi' | 'duplicate' | 'late' | 'ahead' | 'unknown-gateway' | 'unplaced-gateway';
export type Dropped = Partial<Record<DropReason, number>>;

export interface Advance {
  /** Null only when there was no track and every sighting was dropped. */
  readonly track: Track | null;
  readonly moves: readonly Move[];
  readonly dropped: Dropped;
}

type Draft = { -readonly [K in keyof Track]: Track[K] } & { readonly window: OpenGatewayWindow[] };

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
    const timing = timingOf(draft, model.rules);
    if (isFixDue(draft.cadence, timing)) moves.push(makeMove(draft, timing, model));
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

/** No radio hears outside this range, dBm. */
const leastRssi = -150;
const mostRssi = 30;

function refuse(sighting: Sighting, track: Track | null, now: number, model: SiteModel): DropReason | null {
  const { gatewayId, heardAt, rssi } = sighting;
  if (!(rssi > leastRssi && rssi < mostRssi)) return 'absurd-rssi';
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
    version: trackVersion,
    tagId,
    origin: heardAt,
    newestAt: heardAt,
    receivedAt,
    window: [],
    cadence: startCadence(heardAt, rules.savedFixes * rules.fixIntervalMs),
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
  draft.cadence = countWaiting(draft.cadence, draft.newestAt);
  slideWindow(draft.window, sighting, draft.origin, draft.newestAt, rules);
}

/** A tag that rests, and gives no sign of setting off, needs fewer fixes. */
function timingOf({ newestAt, fix, followed, round, window }: Track, rules: Rules): Timing {
  const isResting = fix?.moving === false && followed !== null && isAtRest(followed);
  return {
    newestAt,
    intervalMs: isResting ? rules.restingFixIntervalMs : rules.fixIntervalMs,
    gateways: window.length,
    isNew: round.before === null || round.at >= instantOf(round.before) + rules.windowMs,
  };
}

/** From the window to a move: signals, level, place and motion, zone, presence; keeps what the next one needs. */
function makeMove(draft: Draft, timing: Timing, model: SiteModel): Move {
  const { tagId, window, origin, newestAt, receivedAt, fix: last } = draft;
  const { rules, gatewayIndex } = model;
  draft.cadence = spendFix(draft.cadence, timing, rules.savedFixes);
  if (newestAt >= draft.round.at + rules.fixIntervalMs) draft.round = { at: newestAt, before: draft.followed };
  const { before } = draft.round;
  const since = before === null ? -Infinity : instantOf(before) - origin;
  const heard = { window, gatewayIndex, until: newestAt - origin, since };
  const { followed, place } = follow(before, heard, newestAt, model);
  const present = draft.presence?.levelId === place.level.level.id ? draft.presence.zoneId : null;
  const zone = chooseZone(place.level, place, present, rules);
  const fix = fixOf(draft, place, zone, model);
  const { presence, changes } = advancePresence(draft.presence, { ...fix, from: last }, model);
  const keep = isWorthKeeping(fix, draft.kept, rules);
  const anchor = moveAnchor(draft.anchor, fix, rules);
  Object.assign(draft, { followed, fix, presence, anchor, kept: keep ? keptFix(fix) : draft.kept });
  return { tagId, fix, changes, presence, restingSince: fix.moving ? null : anchor.since, keep, receivedAt };
}

function fixOf({ tagId, anchor }: Draft, place: Place, zone: ZoneChoice, { rules }: SiteModel): Fix {
  const { at, x, y, radius50, radius90 } = place;
  const levelId = place.level.level.id;
  return {
    tagId,
    at,
    levelId,
    x,
    y,
    radius50,
    radius90,
    zoneId: zone.zoneId,
    sectionId: zone.sectionId,
    zoneProbability: zone.probability,
    zones: zone.zones,
    moving: !isSettled(anchor, { at, levelId, x, y, radius50 }, rules),
  };
}
