import type { LevelId } from '../../ids';
import { bytesOf, type GridBelief, nothing } from './belief';
import type { GridState } from './grid-state';
import { memoryRoom, mostRemembered, nothingHeard, wordsPerGateway } from './rest-memory';
import { mostCells } from './window';

/**
 * What one fix on the grid hands to the next. Thousands of tags have one, so all numbers stand in one array: objects of
 * their own would take three times the memory. Written over once no track needs it.
 */
export interface FollowedOnGrid {
  readonly method: 'bayes-grid';
  /** Epoch ms. */
  at: number;
  levelId: LevelId;
  challenger: LevelId | null;
  isCalm: boolean;
  /**
   * Floats: odds of the challenger, course, looks, strength, fit, share of walkers. Short words: gateways remembered,
   * scale, sightings at once, column, row, width and height of the belief, cells of its level in two; of each gateway
   * remembered its index, mean and sightings. Then the belief's codes, of nothings in a row their number. There may be
   * room left.
   */
  bytes: Uint8Array;
}

const shortsOfHead = 9;
const floats = new Float32Array(10);
const shorts = new Uint16Array(shortsOfHead + mostRemembered * wordsPerGateway);
const bytesOfShorts = new Uint8Array(shorts.buffer);
const bytesOfFloats = new Uint8Array(floats.buffer);
const sizeOfFloats = bytesOfFloats.length;

/** Arrays are of whole steps, so that one serves many a fix. */
const roomStep = 8;

/** Holds a state. @param spare one that is needed no more, written over */
export function hold(state: GridState, spare: FollowedOnGrid | null): FollowedOnGrid {
  const { lead, belief } = state;
  const remembered = state.memory.length / wordsPerGateway;
  writeHead(state, remembered);
  writeMemory(state);
  const sizeOfShorts = 2 * (shortsOfHead + remembered * wordsPerGateway);
  const codes = shorten(belief);
  const size = sizeOfFloats + sizeOfShorts + codes;
  const { levelId, challenger } = lead;
  const out: FollowedOnGrid = spare ?? { method: 'bayes-grid', at: 0, levelId, challenger, isCalm: false, bytes: none };
  out.at = state.at;
  out.levelId = levelId;
  out.challenger = challenger;
  out.isCalm = state.isCalm;
  if (out.bytes.length < size || out.bytes.length > 2 * size) {
    out.bytes = new Uint8Array(Math.ceil(size / roomStep) * roomStep);
  }
  copy(bytesOfFloats, 0, out.bytes, 0, sizeOfFloats);
  copy(bytesOfShorts, 0, out.bytes, sizeOfFloats, sizeOfShorts);
  copy(shortened, 0, out.bytes, sizeOfFloats + sizeOfShorts, codes);
  return out;
}

const none = new Uint8Array(0);

/** Reads what is held into `out`, which may not be held on to: its memory of the rest is one of few arrays. */
export function recallState(held: FollowedOnGrid, out: GridState): GridState {
  const { bytes } = held;
  copy(bytes, 0, bytesOfFloats, 0, sizeOfFloats);
  copy(bytes, sizeOfFloats, bytesOfShorts, 0, 2 * shortsOfHead);
  const remembered = shorts[0] ?? 0;
  const sizeOfShorts = 2 * (shortsOfHead + remembered * wordsPerGateway);
  copy(bytes, sizeOfFloats, bytesOfShorts, 0, sizeOfShorts);
  readHead(held, out);
  readMemory(out, remembered);
  lengthen(bytes, sizeOfFloats + sizeOfShorts, out.belief);
  return out;
}

function writeHead({ belief, atOnce, lead, course, looks, strength, fit }: GridState, remembered: number): void {
  shorts[0] = remembered;
  shorts[1] = belief.scale;
  shorts[2] = atOnce;
  shorts[3] = belief.column;
  shorts[4] = belief.row;
  shorts[5] = belief.width;
  shorts[6] = belief.height;
  shorts[7] = belief.cells & 0xffff;
  shorts[8] = belief.cells >>> 16;
  floats[0] = lead.odds;
  floats[1] = course.x;
  floats[2] = course.y;
  floats[3] = course.variance;
  floats[4] = course.withPlace;
  floats[5] = looks;
  floats[6] = strength.mean;
  floats[7] = strength.variance;
  floats[8] = fit;
  floats[9] = belief.walkShare;
}

function readHead({ at, levelId, challenger, isCalm }: FollowedOnGrid, out: GridState): void {
  const { lead, belief, course, strength } = out;
  out.at = at;
  out.isCalm = isCalm;
  lead.levelId = levelId;
  lead.challenger = challenger;
  belief.scale = shorts[1] ?? 0;
  out.atOnce = shorts[2] ?? 0;
  belief.column = shorts[3] ?? 0;
  belief.row = shorts[4] ?? 0;
  belief.width = shorts[5] ?? 0;
  belief.height = shorts[6] ?? 0;
  belief.cells = (shorts[7] ?? 0) + 0x10000 * (shorts[8] ?? 0);
  lead.odds = floats[0] ?? 0;
  course.x = floats[1] ?? 0;
  course.y = floats[2] ?? 0;
  course.variance = floats[3] ?? 0;
  course.withPlace = floats[4] ?? 0;
  out.looks = floats[5] ?? 0;
  strength.mean = floats[6] ?? 0;
  strength.variance = floats[7] ?? 0;
  out.fit = floats[8] ?? 0;
  belief.walkShare = floats[9] ?? 0;
}

/** Means are held in so many parts of a dB, counted from below all that is heard. */
const perDb = 256;
const leastDbm = -192;

function writeMemory({ memory }: GridState): void {
  for (let i = 0; i < memory.length; i += wordsPerGateway) {
    shorts[shortsOfHead + i] = memory[i] ?? 0;
    shorts[shortsOfHead + i + 1] = Math.round(((memory[i + 1] ?? 0) - leastDbm) * perDb);
    shorts[shortsOfHead + i + 2] = Math.round(memory[i + 2] ?? 0);
  }
}

const memories = memoryRoom();

function readMemory(out: GridState, remembered: number): void {
  const memory = memories[remembered] ?? nothingHeard;
  for (let i = 0; i < memory.length; i += wordsPerGateway) {
    memory[i] = shorts[shortsOfHead + i] ?? 0;
    memory[i + 1] = (shorts[shortsOfHead + i + 1] ?? 0) / perDb + leastDbm;
    memory[i + 2] = shorts[shortsOfHead + i + 2] ?? 0;
  }
  out.memory = memory;
}

/** Codes of a belief as they are held. */
const shortened = new Uint8Array(4 * mostCells);

/** Writes the codes of a belief there, a run of nothings as one and its length. Returns how many bytes it took. */
function shorten(belief: GridBelief): number {
  const { codes } = belief;
  const end = bytesOf(belief);
  let length = 0;
  for (let i = 0; i < end;) {
    const code = codes[i++] ?? nothing;
    shortened[length++] = code;
    if (code !== nothing) continue;
    let more = 0;
    while (i < end && more < longestRun && codes[i] === nothing) {
      more++;
      i++;
    }
    shortened[length++] = more;
  }
  return length;
}

/** Reads such codes. */
function lengthen(bytes: Uint8Array, from: number, out: GridBelief): void {
  const end = bytesOf(out);
  if (out.codes.length < end) out.codes = new Uint8Array(2 * end);
  const { codes } = out;
  for (let i = 0, at = from; i < end;) {
    const code = bytes[at++] ?? nothing;
    codes[i++] = code;
    if (code !== nothing) continue;
    for (let more = bytes[at++] ?? 0; more > 0; more--) codes[i++] = nothing;
  }
}

const longestRun = 0xff;

/** Few bytes: a loop is quicker than views made for it. */
function copy(from: Uint8Array, at: number, to: Uint8Array, into: number, count: number): void {
  for (let i = 0; i < count; i++) to[into + i] = from[at + i] ?? 0;
}
