import type { LevelId } from '../../ids';
import { bytesOf } from './belief';
import type { GridState } from './grid-state';
import { memoryRoom, mostRemembered, wordsPerGateway } from './rest-memory';

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
   * Short words: gateways remembered, scale, sightings at once, column, row, width and height of the belief, cells of its
   * level in two, then the gateways. Floats: odds of the challenger, course, looks, strength, fit, share of walkers, then
   * mean and sightings of each gateway. Then the belief's codes. There may be room left.
   */
  bytes: Uint8Array;
}

const shortsOfHead = 9;
const floatsOfHead = 10;
const shorts = new Uint16Array(shortsOfHead + mostRemembered);
const floats = new Float32Array(floatsOfHead + 2 * mostRemembered);
const bytesOfShorts = new Uint8Array(shorts.buffer);
const bytesOfFloats = new Uint8Array(floats.buffer);

/** Arrays are of whole steps, so that one serves many a fix. */
const roomStep = 32;

/** Holds a state. @param spare one that is needed no more, written over */
export function hold(state: GridState, spare: FollowedOnGrid | null): FollowedOnGrid {
  const { lead, belief } = state;
  const remembered = state.memory.length / wordsPerGateway;
  writeHead(state, remembered);
  writeMemory(state, remembered);
  const sizeOfShorts = 2 * (shortsOfHead + remembered);
  const sizeOfFloats = 4 * (floatsOfHead + 2 * remembered);
  const codes = bytesOf(belief);
  const size = sizeOfShorts + sizeOfFloats + codes;
  const { levelId, challenger } = lead;
  const out: FollowedOnGrid = spare ?? { method: 'bayes-grid', at: 0, levelId, challenger, isCalm: false, bytes: none };
  out.at = state.at;
  out.levelId = levelId;
  out.challenger = challenger;
  out.isCalm = state.isCalm;
  if (out.bytes.length < size || out.bytes.length > 2 * size) {
    out.bytes = new Uint8Array(Math.ceil(size / roomStep) * roomStep);
  }
  copy(bytesOfShorts, 0, out.bytes, 0, sizeOfShorts);
  copy(bytesOfFloats, 0, out.bytes, sizeOfShorts, sizeOfFloats);
  copy(belief.codes, 0, out.bytes, sizeOfShorts + sizeOfFloats, codes);
  return out;
}

const none = new Uint8Array(0);

/** Reads what is held into `out`, which may not be held on to: its memory of the rest is one of few arrays. */
export function recallState(held: FollowedOnGrid, out: GridState): GridState {
  const { bytes } = held;
  copy(bytes, 0, bytesOfShorts, 0, 2 * shortsOfHead);
  const remembered = shorts[0] ?? 0;
  const sizeOfShorts = 2 * (shortsOfHead + remembered);
  const sizeOfFloats = 4 * (floatsOfHead + 2 * remembered);
  copy(bytes, 0, bytesOfShorts, 0, sizeOfShorts);
  copy(bytes, sizeOfShorts, bytesOfFloats, 0, sizeOfFloats);
  readHead(held, out);
  readMemory(out, remembered);
  const codes = bytesOf(out.belief);
  if (out.belief.codes.length < codes) out.belief.codes = new Uint8Array(2 * codes);
  copy(bytes, sizeOfShorts + sizeOfFloats, out.belief.codes, 0, codes);
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

function writeMemory({ memory }: GridState, remembered: number): void {
  for (let g = 0; g < remembered; g++) {
    shorts[shortsOfHead + g] = memory[g * wordsPerGateway] ?? 0;
    floats[floatsOfHead + 2 * g] = memory[g * wordsPerGateway + 1] ?? 0;
    floats[floatsOfHead + 2 * g + 1] = memory[g * wordsPerGateway + 2] ?? 0;
  }
}

const memories = memoryRoom();

function readMemory(out: GridState, remembered: number): void {
  const memory = memories[remembered] ?? none32;
  for (let g = 0; g < remembered; g++) {
    memory[g * wordsPerGateway] = shorts[shortsOfHead + g] ?? 0;
    memory[g * wordsPerGateway + 1] = floats[floatsOfHead + 2 * g] ?? 0;
    memory[g * wordsPerGateway + 2] = floats[floatsOfHead + 2 * g + 1] ?? 0;
  }
  out.memory = memory;
}

const none32 = new Float32Array(0);

/** Few bytes: a loop is quicker than views made for it. */
function copy(from: Uint8Array, at: number, to: Uint8Array, into: number, count: number): void {
  for (let i = 0; i < count; i++) to[into + i] = from[at + i] ?? 0;
}
