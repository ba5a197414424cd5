import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { Sighting } from '../core';
import { type RecordedMessage, toLine } from './replay/recording';
import { BadInputError, readSightings } from './score/read-ndjson';
import {
  CannotCarry,
  type Door,
  isVendorFormat,
  vendorFormatNames,
  type VendorFormatName,
  vendorFormats,
} from './vendor-formats';

interface Options {
  readonly sightings: string;
  readonly format: string;
  readonly door: Door;
  readonly out: string;
  readonly json?: boolean;
}

/** How long a gateway gathers before it sends, ms. */
const gatherMs = 1_000;

/** `record`: any sightings file as the traffic of one vendor's gateways. */
export function recordCommand(): Command {
  return new Command('record')
    .description(
      "Turn a sightings file into a recording: the same sightings as a vendor's gateways would have sent them",
    )
    .requiredOption('--sightings <file>', 'sightings (NDJSON)')
    .addOption(
      new Option('--format <name>', 'what the gateways speak').choices(vendorFormatNames).makeOptionMandatory(),
    )
    .addOption(new Option('--door <door>', 'how they send it').choices(['mqtt', 'http']).default('mqtt'))
    .requiredOption('--out <file>', 'the recording (NDJSON)')
    .option('--json', 'print the summary as JSON')
    .action((options: Options) => run(options));
}

async function run({ sightings: path, format, door, out, json }: Options): Promise<void> {
  if (!isVendorFormat(format)) throw new BadInputError(`Unknown format ${format}.`);
  const sightings = await readSightings(path);
  const recording = encodeAll(sightings, format, door);
  await writeFile(out, recording.map((one) => `${JSON.stringify(toLine(one))}\n`).join('')).catch((error: unknown) => {
    throw new BadInputError(`Cannot write ${out}: ${error instanceof Error ? error.message : String(error)}.`);
  });
  const summary = { sightings: sightings.length, messages: recording.length, format, door };
  const text = `Recorded ${sightings.length} sightings as ${recording.length} ${format} messages in ${out}`;
  process.stdout.write(`${json === true ? JSON.stringify(summary) : text}\n`);
}

/** Messages in order of sending. A message is sent when its newest sighting is heard. */
export function encodeAll(sightings: readonly Sighting[], format: VendorFormatName, door: Door): RecordedMessage[] {
  const { encode, gathers } = vendorFormats[format];
  const recording: RecordedMessage[] = [];
  for (const gathered of gathers ? gather(sightings) : sightings.map((one) => [one])) {
    const [first] = gathered;
    const last = gathered.at(-1);
    if (first === undefined || last === undefined) continue;
    for (const message of encodeOrRefuse(() => encode(first.gatewayId, gathered, door))) {
      recording.push({ at: last.heardAt, message });
    }
  }
  return recording.sort((a, b) => a.at - b.at);
}

function encodeOrRefuse<T>(encode: () => T): T {
  try {
    return encode();
  } catch (error) {
    throw error instanceof CannotCarry ? new BadInputError(`${error.message}.`) : error;
  }
}

/** What each gateway hears within a second goes together. */
function gather(sightings: readonly Sighting[]): Sighting[][] {
  const open = new Map<string, Sighting[]>();
  const gathered: Sighting[][] = [];
  for (const sighting of sightings) {
    const together = open.get(sighting.gatewayId);
    const [first] = together ?? [];
    if (together !== undefined && first !== undefined && sighting.heardAt - first.heardAt < gatherMs) {
      together.push(sighting);
      continue;
    }
    const fresh = [sighting];
    open.set(sighting.gatewayId, fresh);
    gathered.push(fresh);
  }
  return gathered;
}
