import type { Fix } from './fix';
import { heldFix, holdFix } from './held-fix';
import { levelId } from './ids';
import type { SiteModel } from './model';
import type { Move, PresenceChange } from './move';
import { countWaiting, firstDue, isFixDue, postponeFix, spendFix, type Timing } from './positioning/cadence';
import { follow, type Followed, levelIdOf, type States } from './positioning/follow';
import { levelOf } from './positioning/level-choice';
import { emptyPlace } from './positioning/place';
import { advancePresence, leave, type Step } from './presence/presence';
import { isSettled, moveAnchor } from './presence/rest';
import { isWorthKeeping, keepFix } from './presence/thinning';
import type { HeardWindow } from './radio/signals';
import { countGateways, farthestMs, type Heard, holds, openWindow, shiftWindow, slideWindow } from './radio/window';
import { hasNews } from './radio/window-news';
import type { Rules } from './rules';
import type { Sighting } from './sighting';
import { copyTrack } from './track-codec';
import type { Track } from './track-state';
import { chooseZone, type ZoneChoice } from './zoning/choose-zone';

export type DropReason = 'absurd-rssi' | 'duplicate' | 'late' | 'ahead' | 'unknown-gateway' | 'unplaced-gateway';
export type Dropped = Partial<Record<DropReason, number>>;

export interface Advance {
  /** Null only when there was no track and every sighting was dropped. */
  readonly track: Track | null;
  readonly moves: readonly Move[];
  readonly dropped: Dropped;
}

/** What sightings are taken with, and where what comes of them goes. */
export interface Intake {
  readonly model: SiteModel;
  /** Epoch ms on our clock; only says which sightings claim to come from the future. */
  readonly now: number;
  readonly moves: Move[];
  readonly dropped: Dropped;
}

/**
 * The whole path of one tag's sightings: accept, slide the window, choose the level, locate, filter, zone, presence.
 * Deterministic, and the same for the same order of sightings however they are cut into batches: the instants of
 * fixes come from `heardAt`, in whole milliseconds.
 * @param track what the last call returned, which is worked on in place; null for a tag not heard yet.
 * @param heard sightings of this tag, in the order they came.
 * @param now epoch ms on our clock; only says which sightings claim to come from the future.
 */
export function advance(track: Track | null, heard: readonly Sighting[], now: number, model: SiteModel): Advance {
  const intake: Intake = { model, now, moves: [], dropped: {} };
  let own = track;
  for (const sighting of heard) own = take(own, sighting, intake);
  return { track: own, moves: intake.moves, dropped: intake.dropped };
}

/** The same for one sighting. Nothing is allocated unless a fix comes of it. */
export function take(track: Track | null, sighting: Sighting, intake: Intake): Track | null {
  const { model } = intake;
  const known = track === null || track.model === model ? track : copyTrack(track, model);
  const reason = refuse(sighting, known, intake);
  if (reason !== null) {
    intake.dropped[reason] = (intake.dropped[reason] ?? 0) + 1;
    return known;
  }
  const own = known ?? begin(sighting, model);
  listen(own, sighting, model.rules);
  takeTiming(own, model.rules);
  if (!isFixDue(own, timing)) return own;
  if (isWorthAFix(own, model.rules)) intake.moves.push(makeMove(own, model));
  else postponeFix(own, timing, model.rules);
  return own;
}

/** The last move of a tag not heard for `silentAfterMs` on our clock, null before that. Its track is then to be deleted. */
export function endSilent(track: Track, now: number, silentAfterMs: number): Move | null {
  const { tagId, fix: held, presence, newestAt: at, receivedAt, anchor } = track;
  if (held === null || now - receivedAt < silentAfterMs) return null;
  const fix = heldFix(tagId, held);
  const changes: PresenceChange[] = [{ type: 'silent', at }];
  if (presence !== null) changes.unshift(leave(presence, fix.sectionId, at));
  const restingSince = fix.moving ? null : (anchor?.since ?? null);
  return { tagId, fix, changes, presence: null, restingSince, keep: false, receivedAt };
}

/** No radio hears outside this range, dBm. */
const leastRssi = -150;
const mostRssi = 30;

/** The sighting in hand. */
const heard: Heard = { gateway: 0, at: 0, rssi: 0 };

function refuse(
  { gatewayId, heardAt, rssi }: Sighting,
  track: Track | null,
  { now, model }: Intake,
): DropReason | null {
  if (!(rssi > leastRssi && rssi < mostRssi)) return 'absurd-rssi';
  const gateway = model.gatewayIndex.get(gatewayId);
  if (gateway === undefined) return model.site.gatewayById.has(gatewayId) ? 'unplaced-gateway' : 'unknown-gateway';
  if (heardAt > now + model.rules.aheadMs) return 'ahead';
  const at = Math.round(heardAt);
  heard.gateway = gateway;
  heard.rssi = rssi;
  heard.at = track === null ? 0 : at - track.origin;
  if (track === null) return null;
  if (at < track.newestAt - model.rules.windowMs) return 'late';
  return holds(track.window, heard) ? 'duplicate' : null;
}

function begin({ tagId, heardAt, receivedAt }: Sighting, model: SiteModel): Track {
  const at = Math.round(heardAt);
  const { savedFixes, fixIntervalMs } = model.rules;
  return {
    tagId,
    model,
    origin: at,
    newestAt: at,
    receivedAt,
    window: openWindow(),
    due: firstDue(at, savedFixes * fixIntervalMs),
    waiting: 0,
    waitingSince: at,
    roundAt: at,
    before: null,
    followed: null,
    fix: null,
    presence: null,
    anchor: null,
    kept: null,
  };
}

function listen(track: Track, { receivedAt }: Sighting, rules: Rules): void {
  const { window } = track;
  if (heard.at > farthestMs) moveOrigin(track, rules);
  track.newestAt = Math.max(track.newestAt, track.origin + heard.at);
  track.receivedAt = Math.max(track.receivedAt, receivedAt);
  countWaiting(track, track.newestAt);
  slideWindow(window, heard, track.newestAt - track.origin, rules);
}

/** To the sighting in hand, which lies too far from it. */
function moveOrigin(track: Track, rules: Rules): void {
  shiftWindow(track.window, heard.at, rules);
  track.origin += heard.at;
  heard.at = 0;
}

const timing: Timing = { newestAt: 0, intervalMs: 0, gateways: 0, isNew: false };

const isResting = ({ fix, followed }: Track): boolean => fix?.moving === false && followed?.isCalm === true;

/** Whether nothing is known of a tag from before the present round, or nothing that still counts. */
const isNewlyHeard = ({ roundAt, before }: Track, { longestWindowMs }: Rules): boolean =>
  before === null || roundAt >= before.at + longestWindowMs;

/** A tag that rests, and gives no sign of setting off, needs fewer fixes. */
function takeTiming(track: Track, rules: Rules): void {
  const { newestAt, window } = track;
  timing.newestAt = newestAt;
  timing.intervalMs = isResting(track) ? rules.restingFixIntervalMs : rules.fixIntervalMs;
  timing.gateways = countGateways(window);
  timing.isNew = isNewlyHeard(track, rules);
}

/** What the next fix is made of. */
const reading: HeardWindow = { window: openWindow(), at: 0, until: 0, since: 0, isQuiet: false };

/** A tag at rest that is heard as before is where it was: a fix then only says that it is still heard. */
function isWorthAFix(track: Track, rules: Rules): boolean {
  const { fix, window, origin, newestAt } = track;
  reading.isQuiet = false;
  if (fix === null || timing.isNew || !isResting(track)) return true;
  reading.isQuiet = !hasNews(window, fix.at - origin, newestAt - origin, rules);
  return !reading.isQuiet || newestAt >= fix.at + rules.quietFixIntervalMs;
}

const place = emptyPlace();

/** The step of presence in hand. */
const cameFrom = { levelId: levelId(''), x: 0, y: 0 };
const step: Step = { at: 0, levelId: levelId(''), zoneId: null, zones: [], x: 0, y: 0, isAtRest: false, from: null };
const noChanges: readonly PresenceChange[] = [];

/** From the window to a move: signals, level, place and motion, zone, presence; keeps what the next one needs. */
function makeMove(track: Track, model: SiteModel): Move {
  const { tagId, receivedAt } = track;
  const { rules } = model;
  spendFix(track, timing, rules);
  const followed = followOn(track, model);
  const level = levelOf(levelIdOf(followed), model);
  const present = track.presence?.levelId === level.level.id ? track.presence.zoneId : null;
  const fix = fixOf(track, followed, chooseZone(level, place, present, rules));
  takeStep(track, fix);
  // One unlucky look is enough to doubt a rest: as long as the tag is still where it settled, it has not left.
  step.isAtRest = place.knowsWalls && (followed.isCalm || !fix.moving);
  const taken = advancePresence(track.presence, step, model);
  if (taken !== null) track.presence = taken.presence;
  const changes = taken?.changes ?? noChanges;
  const zoneId = track.presence?.zoneId ?? null;
  const keep = isWorthKeeping(fix, zoneId, track.kept, rules);
  track.anchor = moveAnchor(track.anchor, fix, hasLeft(changes), rules);
  track.fix = holdFix(fix, track.fix);
  if (keep) track.kept = keepFix(fix, zoneId, track.kept);
  if (isResting(track) && !isNewlyHeard(track, rules)) closeRound(track);
  const restingSince = fix.moving ? null : track.anchor.since;
  return { tagId, fix, changes, presence: track.presence, restingSince, keep, receivedAt };
}

function hasLeft(changes: readonly PresenceChange[]): boolean {
  for (let i = 0; i < changes.length; i++) if (changes[i]?.type === 'left') return true;
  return false;
}

/** From the fix before to this one. */
function takeStep({ fix: last }: Track, { at, levelId, zoneId, zones, x, y }: Fix): void {
  step.at = at;
  step.levelId = levelId;
  step.zoneId = zoneId;
  step.zones = zones;
  step.x = x;
  step.y = y;
  step.from = last === null ? null : cameFrom;
  if (last === null) return;
  cameFrom.levelId = last.levelId;
  cameFrom.x = last.xCm / 100;
  cameFrom.y = last.yCm / 100;
}

/** A state that no track needs any more. */
let unused: Followed | null = null;

/** What the fix in hand starts from. */
const states: States = { before: null, spare: null };

/** At rest one state is enough: what comes later in the round goes on from it, with what is newer than it. */
function closeRound(track: Track): void {
  const { before, followed } = track;
  if (before === followed) return;
  unused = before;
  track.before = followed;
}

/** Follows the tag to now, into `place`. Of its states the one no longer needed is written over. */
function followOn(track: Track, model: SiteModel): Followed {
  const { origin, newestAt } = track;
  const isNewRound = newestAt >= track.roundAt + model.rules.fixIntervalMs;
  let spare = isNewRound ? track.before : track.followed;
  if (isNewRound) {
    track.roundAt = newestAt;
    track.before = track.followed;
  }
  const { before } = track;
  if (spare === before) {
    spare = unused;
    unused = null;
  }
  reading.window = track.window;
  reading.at = newestAt;
  reading.until = newestAt - origin;
  reading.since = before === null ? -Infinity : before.at - origin;
  states.before = before;
  states.spare = spare;
  track.followed = follow(states, reading, model, place);
  return track.followed;
}

function fixOf({ tagId, anchor, model }: Track, followed: Followed, zone: ZoneChoice): Fix {
  const levelId = levelIdOf(followed);
  const { at, x, y, radius50, radius90 } = place;
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
    moving: !isSettled(anchor, { at, levelId, x, y, radius90 }, model.rules),
  };
}
