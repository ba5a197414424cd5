import type { LevelId, SectionId, TagId, UnitId } from '../ids';
import type { Fix } from '../fix';
import type { Move, Presence, PresenceChange } from '../move';
import { ByteReader, ByteWriter } from './bytes';
import { isEarlierFormat, packedFormat } from './entry-format';
import { TextReader, TextWriter } from './texts';

/**
 * Moves of one shard in their order ↔ one entry of `moves:{shard}`:
 *
 * format (1 byte), texts (see `TextWriter`), then for each move its length (u16) and its fields. Ids are numbers of
 * texts (u16), all other numbers f64: a move comes out as it went in.
 */
const flag = { keep: 1, moving: 2, presence: 4, resting: 8, changes: 16 } as const;
const news = flag.keep | flag.changes;
const changeTypes = ['entered', 'left', 'crossed', 'silent'] as const;

export function packMoves(moves: readonly Move[]): Buffer {
  texts.clear();
  body.clear();
  entry.clear();
  for (const move of moves) {
    const begin = body.length;
    body.u16(0);
    writeMove(body, texts, move);
    body.setU16(begin, body.length - begin - 2);
  }
  entry.u8(packedFormat);
  texts.takeTo(entry);
  body.moveTo(entry);
  return entry.take();
}

/** The entry in hand. */
const texts = new TextWriter();
const body = new ByteWriter();
const entry = new ByteWriter();

function writeMove(to: ByteWriter, texts: TextWriter, move: Move): void {
  const { tagId, fix, changes, presence, restingSince, keep, receivedAt } = move;
  to.u8(
    (keep ? flag.keep : 0) |
      (fix.moving ? flag.moving : 0) |
      (presence === null ? 0 : flag.presence) |
      (restingSince === null ? 0 : flag.resting) |
      (changes.length === 0 ? 0 : flag.changes),
  );
  to.u16(texts.of(tagId));
  to.f64(receivedAt);
  writeFix(to, texts, fix);
  if (restingSince !== null) to.f64(restingSince);
  if (presence !== null) {
    to.u16(texts.of(presence.zoneId));
    to.u16(texts.of(presence.levelId));
    to.f64(presence.since);
  }
  if (changes.length === 0) return;
  to.u8(changes.length);
  for (const change of changes) writeChange(to, texts, change);
}

function writeFix(to: ByteWriter, texts: TextWriter, fix: Fix): void {
  to.f64(fix.at);
  to.u16(texts.of(fix.levelId));
  to.f64(fix.x);
  to.f64(fix.y);
  to.f64(fix.radius50);
  to.f64(fix.radius90);
  to.u16(texts.of(fix.zoneId));
  to.u16(texts.of(fix.sectionId));
  to.f64(fix.zoneProbability);
  to.u8(fix.zones.length);
  for (const [zoneId, probability] of fix.zones) {
    to.u16(texts.of(zoneId));
    to.f64(probability);
  }
}

function writeChange(to: ByteWriter, texts: TextWriter, change: PresenceChange): void {
  to.u8(changeTypes.indexOf(change.type));
  to.f64(change.at);
  if (change.type === 'silent') return;
  to.u16(texts.of(change.zoneId));
  to.u16(texts.of(change.sectionId));
  to.u16(texts.of(change.levelId));
}

/**
 * @param onlyNews leaves out the moves that change no presence and of which history keeps no row: most of them
 * @throws on an entry that is none
 */
export function unpackMoves(entry: Buffer, onlyNews = false): Move[] {
  if (isEarlierFormat(entry)) return JSON.parse(entry.toString()) as Move[];
  const from = new ByteReader(entry, 1);
  const texts = new TextReader(entry, from);
  const moves: Move[] = [];
  while (!from.isAtEnd) {
    const end = from.u16() + from.at;
    const flags = from.u8();
    if (!onlyNews || (flags & news) !== 0) moves.push(readMove(from, texts, flags));
    from.at = end;
  }
  return moves;
}

function readMove(from: ByteReader, texts: TextReader, flags: number): Move {
  const tagId = texts.get(from.u16()) as TagId;
  const receivedAt = from.f64();
  const fix = readFix(from, texts, tagId, (flags & flag.moving) !== 0);
  const restingSince = (flags & flag.resting) === 0 ? null : from.f64();
  const presence = (flags & flag.presence) === 0 ? null : readPresence(from, texts);
  const changes: PresenceChange[] = [];
  if ((flags & flag.changes) !== 0) {
    for (let left = from.u8(); left > 0; left--) changes.push(readChange(from, texts));
  }
  return { tagId, fix, changes, presence, restingSince, keep: (flags & flag.keep) !== 0, receivedAt };
}

const orNull = (texts: TextReader, number: number): string | null => (number === 0 ? null : texts.get(number));

function readFix(from: ByteReader, texts: TextReader, tagId: TagId, moving: boolean): Fix {
  const at = from.f64();
  const levelId = texts.get(from.u16()) as LevelId;
  const x = from.f64();
  const y = from.f64();
  const radius50 = from.f64();
  const radius90 = from.f64();
  const zoneId = orNull(texts, from.u16()) as UnitId | null;
  const sectionId = orNull(texts, from.u16()) as SectionId | null;
  const zoneProbability = from.f64();
  const zones: [UnitId, number][] = [];
  for (let left = from.u8(); left > 0; left--) zones.push([texts.get(from.u16()) as UnitId, from.f64()]);
  return { tagId, at, levelId, x, y, radius50, radius90, zoneId, sectionId, zoneProbability, zones, moving };
}

function readPresence(from: ByteReader, texts: TextReader): Presence {
  const zoneId = texts.get(from.u16()) as UnitId;
  const levelId = texts.get(from.u16()) as LevelId;
  return { zoneId, levelId, since: from.f64() };
}

function readChange(from: ByteReader, texts: TextReader): PresenceChange {
  const type = changeTypes[from.u8()];
  const at = from.f64();
  if (type === undefined) throw new RangeError('Unexpected kind of change in an entry');
  if (type === 'silent') return { type, at };
  const zoneId = texts.get(from.u16()) as UnitId;
  const sectionId = orNull(texts, from.u16()) as SectionId | null;
  return { type, zoneId, sectionId, levelId: texts.get(from.u16()) as LevelId, at };
}
