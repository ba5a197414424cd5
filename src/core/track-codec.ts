import { heldFix, type HeldFix } from './held-fix';
import type { GatewayId, LevelId, SectionId, TagId, UnitId } from './ids';
import type { SiteModel } from './model';
import type { Move, Presence } from './move';
import { ByteReader, ByteWriter } from './packed/bytes';
import { TextReader, TextWriter } from './packed/texts';
import { readState, writeState } from './packed/track-states';
import { readWindow, writeWindow } from './packed/track-window';
import type { Anchor, Stay } from './presence/rest';
import type { KeptFix } from './presence/thinning';
import type { Track } from './track-state';

/** Raised with every change of what a track holds or means, and first byte of a written one. */
export const trackVersion = 12;

/**
 * A track → bytes, and back to the last bit:
 *
 * version (1 byte), texts (see `TextWriter`), then the fields in the order below. Ids are numbers of texts (u16), other
 * numbers f64 unless said: a tag at rest fits in two kilobytes. Gateways are written by their ids.
 */
export function packTrack(track: Track): Buffer {
  // What a track that could not be written left behind.
  texts.clear();
  body.clear();
  entry.clear();
  body.u16(texts.of(track.tagId));
  for (const value of [track.origin, track.newestAt, track.receivedAt, track.due, track.waiting]) body.f64(value);
  for (const value of [track.waitingSince, track.roundAt]) body.f64(value);
  writeWindow(body, texts, track);
  writeState(body, texts, track.before, track.model);
  // A round that is closed hands on the state it has come to.
  body.u8(track.followed === track.before ? 1 : 0);
  if (track.followed !== track.before) writeState(body, texts, track.followed, track.model);
  writeOptional(body, track.fix, (fix) => writeFix(body, texts, fix));
  writeOptional(body, track.presence, ({ zoneId, levelId, since }) => {
    body.u16(texts.of(zoneId));
    body.u16(texts.of(levelId));
    body.f64(since);
  });
  writeOptional(body, track.anchor, ({ levelId, before, ...stay }) => {
    body.u16(texts.of(levelId));
    writeStay(body, stay);
    writeOptional(body, before, (rest) => writeStay(body, rest));
  });
  writeOptional(body, track.kept, ({ at, xCm, yCm, levelId, zoneId }) => {
    body.f64(at);
    body.i32(xCm);
    body.i32(yCm);
    body.u16(texts.of(levelId));
    body.u16(texts.of(zoneId));
  });
  entry.u8(trackVersion);
  texts.takeTo(entry);
  body.moveTo(entry);
  return entry.take();
}

/** The track in hand: thousands are written in a row. */
const texts = new TextWriter();
const body = new ByteWriter();
const entry = new ByteWriter();

/**
 * @param model of the site as it is now: what is heard of gateways it has not is left out
 * @throws TypeError on bytes of another version, RangeError where they end too early
 */
export const unpackTrack = (bytes: Buffer, model: SiteModel): Track => ({ ...readTrack(bytes, model), model });

function readTrack(bytes: Buffer, model: Pick<SiteModel, 'gatewayIndex'>): Omit<Track, 'model'> {
  if (bytes[0] !== trackVersion) throw new TypeError(`Unexpected track of version ${bytes[0] ?? 'none'}`);
  const from = new ByteReader(bytes, 1);
  const texts = new TextReader(bytes, from);
  const tagId = texts.get(from.u16()) as TagId;
  const origin = from.f64();
  const newestAt = from.f64();
  const receivedAt = from.f64();
  const [due, waiting, waitingSince] = [from.f64(), from.f64(), from.f64()];
  const roundAt = from.f64();
  const window = readWindow(from, texts, model);
  const before = readState(from, texts, model);
  return {
    tagId,
    origin,
    newestAt,
    receivedAt,
    due,
    waiting,
    waitingSince,
    window,
    roundAt,
    before,
    followed: from.u8() === 1 ? before : readState(from, texts, model),
    fix: readOptional(from, () => readFix(from, texts)),
    presence: readOptional(from, () => readPresence(from, texts)),
    anchor: readOptional(from, () => readAnchor(from, texts)),
    kept: readOptional(from, () => readKept(from, texts)),
  };
}

/** Where a stored track's tag was, and since when it rests there: all that is wanted without its site's model. */
export function unpackPlaced(bytes: Buffer): Pick<Move, 'fix' | 'presence' | 'restingSince'> | null {
  const { tagId, fix: held, presence, anchor } = readTrack(bytes, noGateways);
  if (held === null) return null;
  return { fix: heldFix(tagId, held), presence, restingSince: held.moving ? null : (anchor?.since ?? null) };
}

const noGateways = { gatewayIndex: new Map<GatewayId, number>() };

/** The same track for another model of its site, or to go on with on its own. */
export const copyTrack = (track: Track, model: SiteModel): Track => unpackTrack(packTrack(track), model);

function writeOptional<Value>(to: ByteWriter, value: Value | null, write: (value: Value) => void): void {
  to.u8(value === null ? 0 : 1);
  if (value !== null) write(value);
}

const readOptional = <Value>(from: ByteReader, read: () => Value): Value | null => (from.u8() === 0 ? null : read());

const orNull = (texts: TextReader, number: number): string | null => (number === 0 ? null : texts.get(number));

/** Its instant, whole centimetres and thousandths as they stand (i32, u16), ids, and the units with their thousandths. */
function writeFix(to: ByteWriter, texts: TextWriter, fix: HeldFix): void {
  to.f64(fix.at);
  for (const cm of [fix.xCm, fix.yCm, fix.radius50Cm, fix.radius90Cm]) to.i32(cm);
  to.u16(fix.permille);
  for (const id of [fix.levelId, fix.zoneId, fix.sectionId]) to.u16(texts.of(id));
  to.u8(fix.moving ? 1 : 0);
  to.u8(fix.shares.length);
  for (const part of fix.shares) to.u16(typeof part === 'string' ? texts.of(part) : part);
}

function readFix(from: ByteReader, texts: TextReader): HeldFix {
  const place = { at: from.f64(), xCm: from.i32(), yCm: from.i32(), radius50Cm: from.i32(), radius90Cm: from.i32() };
  const permille = from.u16();
  const levelId = texts.get(from.u16()) as LevelId;
  const zoneId = orNull(texts, from.u16()) as UnitId | null;
  const sectionId = orNull(texts, from.u16()) as SectionId | null;
  const moving = from.u8() === 1;
  const shares = Array.from({ length: from.u8() }, (_, i) => {
    const part = from.u16();
    return i % 2 === 0 ? (texts.get(part) as UnitId) : part;
  });
  return { ...place, permille, levelId, zoneId, sectionId, moving, shares };
}

const readPresence = (from: ByteReader, texts: TextReader): Presence => ({
  zoneId: texts.get(from.u16()) as UnitId,
  levelId: texts.get(from.u16()) as LevelId,
  since: from.f64(),
});

function readAnchor(from: ByteReader, texts: TextReader): Anchor {
  const levelId = texts.get(from.u16()) as LevelId;
  return { ...readStay(from), levelId, before: readOptional(from, () => readStay(from)) };
}

function writeStay(to: ByteWriter, { xMm, yMm, since }: Stay): void {
  to.i32(xMm);
  to.i32(yMm);
  to.f64(since);
}

const readStay = (from: ByteReader): Stay => ({ xMm: from.i32(), yMm: from.i32(), since: from.f64() });

const readKept = (from: ByteReader, texts: TextReader): KeptFix => ({
  at: from.f64(),
  xCm: from.i32(),
  yCm: from.i32(),
  levelId: texts.get(from.u16()) as LevelId,
  zoneId: orNull(texts, from.u16()) as UnitId | null,
});
