import type { GatewayId, LevelId } from '../ids';
import type { SiteModel } from '../model';
import type { Followed } from '../positioning/follow';
import type { FollowedByMotion } from '../positioning/follow-by-motion';
import { bytesOf } from '../positioning/grid/belief';
import { type FollowedOnGrid, hold, recallState } from '../positioning/grid/followed-on-grid';
import { emptyState, type GridState } from '../positioning/grid/grid-state';
import { type RestMemory, wordsPerGateway } from '../positioning/grid/rest-memory';
import type { ByteReader, ByteWriter } from './bytes';
import type { TextReader, TextWriter } from './texts';

const kinds = { none: 0, 'least-squares': 1, 'bayes-grid': 2 } as const;

/** Which method left the state (u8), its instant, its level and the one that competes, whether the tag is calm, the rest. */
export function writeState(to: ByteWriter, texts: TextWriter, state: Followed | null, model: SiteModel): void {
  to.u8(state === null ? kinds.none : kinds[state.method]);
  if (state === null) return;
  to.f64(state.at);
  const { levelId, challenger } = state.method === 'least-squares' ? state.lead : state;
  to.u16(texts.of(levelId));
  to.u16(texts.of(challenger));
  to.u8(state.isCalm ? 1 : 0);
  if (state.method === 'least-squares') writeMotion(to, state);
  else {
    recallState(state, gridState);
    writeBelief(to, gridState);
    writeMemory(to, texts, gridState.memory, model);
  }
}

/** The state in hand. */
const gridState = emptyState();

interface Head {
  readonly at: number;
  readonly levelId: LevelId;
  readonly challenger: LevelId | null;
  readonly isCalm: boolean;
}

type Gateways = Pick<SiteModel, 'gatewayIndex'>;

export function readState(from: ByteReader, texts: TextReader, model: Gateways): Followed | null {
  const kind = from.u8();
  if (kind === kinds.none) return null;
  const at = from.f64();
  const levelId = texts.get(from.u16()) as LevelId;
  const number = from.u16();
  const challenger = number === 0 ? null : (texts.get(number) as LevelId);
  const head = { at, levelId, challenger, isCalm: from.u8() === 1 };
  if (kind === kinds['least-squares']) return readMotion(from, head);
  if (kind === kinds['bayes-grid']) return readOnGrid(from, texts, head, model);
  throw new RangeError(`Unexpected kind of state: ${kind}`);
}

/** Fixes in a row the challenger has led, then all numbers of the gaits as f32. */
function writeMotion(to: ByteWriter, { lead, gaits }: FollowedByMotion): void {
  to.u16(lead.fixes);
  to.u16(gaits.length);
  to.f32s(gaits);
}

function readMotion(from: ByteReader, { at, levelId, challenger, isCalm }: Head): FollowedByMotion {
  const fixes = from.u16();
  const gaits = new Float32Array(from.u16());
  for (let i = 0; i < gaits.length; i++) gaits[i] = from.f32();
  return { method: 'least-squares', at, lead: { levelId, challenger, fixes }, gaits, isCalm };
}

function readOnGrid(from: ByteReader, texts: TextReader, head: Head, model: Gateways): FollowedOnGrid {
  readBelief(from, head, gridState);
  gridState.memory = readMemory(from, texts, model);
  return hold(gridState, null);
}

function writeBelief(to: ByteWriter, { lead, belief, course, looks, atOnce, strength, fit }: GridState): void {
  for (const value of [lead.odds, course.x, course.y, course.variance, course.withPlace, looks]) to.f64(value);
  to.u16(atOnce);
  for (const value of [strength.mean, strength.variance, fit]) to.f64(value);
  to.u8(belief.scale);
  to.f64(belief.cells);
  to.f64(belief.walkShare);
  for (const value of [belief.column, belief.row, belief.width, belief.height]) to.u16(value);
  const length = bytesOf(belief);
  for (let i = 0; i < length; i++) to.u8(belief.codes[i] ?? 0);
}

function readBelief(from: ByteReader, { at, levelId, challenger, isCalm }: Head, out: GridState): void {
  const { belief } = out;
  out.at = at;
  out.isCalm = isCalm;
  Object.assign(out.lead, { levelId, challenger, odds: from.f64() });
  Object.assign(out.course, { x: from.f64(), y: from.f64(), variance: from.f64(), withPlace: from.f64() });
  out.looks = from.f64();
  out.atOnce = from.u16();
  Object.assign(out.strength, { mean: from.f64(), variance: from.f64() });
  out.fit = from.f64();
  Object.assign(belief, { scale: from.u8(), cells: from.f64(), walkShare: from.f64() });
  Object.assign(belief, { column: from.u16(), row: from.u16(), width: from.u16(), height: from.u16() });
  belief.codes = new Uint8Array(bytesOf(belief));
  for (let i = 0; i < belief.codes.length; i++) belief.codes[i] = from.u8();
}

/** Gateways (u8), then of each its id (text), its mean and its sightings (f32). */
function writeMemory(to: ByteWriter, texts: TextWriter, memory: RestMemory, { gateways }: SiteModel): void {
  to.u8(memory.length / wordsPerGateway);
  for (let i = 0; i < memory.length; i += wordsPerGateway) {
    to.u16(texts.of(gateways[memory[i] ?? -1]?.id ?? null));
    to.f32s(memory.subarray(i + 1, i + wordsPerGateway));
  }
}

/** What is remembered of gateways the model has not is left out. */
function readMemory(from: ByteReader, texts: TextReader, { gatewayIndex }: Gateways): RestMemory {
  const known: number[] = [];
  for (let left = from.u8(); left > 0; left--) {
    const number = from.u16();
    const own = [from.f32(), from.f32()];
    const gateway = number === 0 ? undefined : gatewayIndex.get(texts.get(number) as GatewayId);
    if (gateway !== undefined) known.push(gateway, ...own);
  }
  return Float32Array.from(known);
}
