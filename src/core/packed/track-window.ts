import type { GatewayId } from '../ids';
import type { SiteModel } from '../model';
import { openWindow, type SightingWindow, slotIn } from '../radio/window';
import type { ByteReader, ByteWriter } from './bytes';
import type { TextReader, TextWriter } from './texts';

/** A window of a model's gateways. */
interface Windowed {
  readonly window: SightingWindow;
  readonly model: SiteModel;
}

/**
 * Slots: count (u8), then the gateway of each (text, 0 for a free slot). Sightings: count (u16), then for each the time
 * since the one before it (seven bits a byte, lowest first; for the first its zigzag instant), and its slot and strength
 * as the window keeps them (u16).
 */
export function writeWindow(to: ByteWriter, texts: TextWriter, { window, model }: Windowed): void {
  const { gateways, samples, begin, end } = window;
  to.u8(gateways.length);
  for (const gateway of gateways) to.u16(texts.of(model.gateways[gateway]?.id ?? null));
  to.u16((end - begin) / 2);
  let last: number | null = null;
  for (let i = begin; i < end; i += 2) {
    const at = samples[i] ?? 0;
    const word = samples[i + 1] ?? 0;
    writeVarint(to, last === null ? zigzag(at) : at - last);
    to.u16(word & 0xffff);
    last = at;
  }
}

/** What is heard of gateways the model has not is left out. */
export function readWindow(
  from: ByteReader,
  texts: TextReader,
  model: Pick<SiteModel, 'gatewayIndex'>,
): SightingWindow {
  const window = openWindow();
  window.gateways = Array.from({ length: from.u8() }, () => {
    const number = from.u16();
    const id = number === 0 ? undefined : (texts.get(number) as GatewayId);
    return (id === undefined ? undefined : model.gatewayIndex.get(id)) ?? -1;
  });
  const count = from.u16();
  window.samples = new Int16Array(2 * count + growth);
  let at: number | null = null;
  for (let left = count; left > 0; left--) {
    const step = readVarint(from);
    at = at === null ? unzigzag(step) : at + step;
    const word = from.u16();
    if ((window.gateways[slotIn(word)] ?? -1) < 0) continue;
    window.samples[window.end] = at;
    window.samples[window.end + 1] = word;
    window.end += 2;
  }
  return window;
}

/** Room for a few sightings more, words. */
const growth = 16;

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

function writeVarint(to: ByteWriter, value: number): void {
  let left = value;
  for (; left > 0x7f; left = Math.floor(left / 0x80)) to.u8((left % 0x80) | 0x80);
  to.u8(left);
}

function readVarint(from: ByteReader): number {
  let [value, unit] = [0, 1];
  for (;;) {
    const byte = from.u8();
    value += (byte & 0x7f) * unit;
    if (byte <= 0x7f) return value;
    unit *= 0x80;
  }
}
