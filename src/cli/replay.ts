import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { enrolTags, tagsIn } from './replay/enrol-tags';
import { readRecording, type RecordedMessage } from './replay/recording';
import { restamp } from './replay/restamp';
import { Senders } from './replay/senders';
import { Progress } from './score/progress';

interface Options {
  readonly recording: string;
  readonly mqtt: string;
  readonly http: string;
  readonly speed: number;
  readonly enrol?: boolean;
  readonly kind: string;
  readonly json?: boolean;
}

interface Summary {
  readonly messages: number;
  readonly acknowledged: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly enrolled: number;
  readonly seconds: number;
}

/** Doors do not believe times older than this, ms. */
const believedForMs = 600_000;

/** `replay`: sends recorded gateway traffic through the real doors. */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'Send recorded gateway traffic through the doors as if it happened now: times in the messages are moved to end ' +
        'when the replay ends, and keep their distances at any speed',
    )
    .requiredOption('--recording <file>', 'raw gateway traffic (NDJSON), see `record`')
    .option('--mqtt <url>', 'broker to publish to', 'mqtt://127.0.0.1:1883')
    .option('--http <url>', 'server to post to and to enrol at', 'http://127.0.0.1:3000')
    .option('--speed <n>', 'seconds of the recording a second, from 1; or max', toSpeed, 1)
    .option('--enrol', 'first register tags of the recording that are not enrolled')
    .option('--kind <id>', 'the kind of equipment to enrol them as', 'infusion-pump')
    .option('--json', 'print the summary as JSON')
    .action((options: Options) => run(options));
}

function toSpeed(text: string): number {
  const speed = text === 'max' ? Infinity : Number(text);
  if (!(speed >= 1)) throw new InvalidArgumentError('needs a number of at least 1, or max');
  return speed;
}

async function run(options: Options): Promise<void> {
  const recording = await readRecording(options.recording);
  const enrolled = options.enrol === true ? await enrolTags(options.http, tagsIn(recording), options.kind) : 0;
  const doors = new Set(recording.map(({ message }) => message.door));
  const senders = await Senders.open(doors, options.mqtt, options.http);
  const startedAt = performance.now();
  await play(recording, options.speed, senders);
  await senders.end();
  const { sent, acknowledged, refused } = senders.answers;
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  print({ messages: sent, acknowledged, refused: Object.fromEntries(refused), enrolled, seconds }, options);
}

async function play(recording: readonly RecordedMessage[], speed: number, senders: Senders): Promise<void> {
  const firstAt = recording[0]?.at ?? 0;
  const lastAt = recording.at(-1)?.at ?? 0;
  const lastsMs = (lastAt - firstAt) / speed;
  if (lastAt - firstAt - lastsMs > believedForMs) {
    process.stderr.write(
      'At this speed the first messages are more than 10 minutes old: their times are not believed.\n',
    );
  }
  // Moved by whole seconds, so that formats that print whole seconds keep theirs: the start waits for it.
  const shiftMs = Math.ceil((Date.now() + lastsMs - lastAt) / 1000) * 1000;
  const startAt = shiftMs + lastAt - lastsMs;
  const progress = new Progress('Replaying', recording.length);
  for (const [i, { at, message }] of recording.entries()) {
    const early = startAt + (at - firstAt) / speed - Date.now();
    if (early > 1) await pause(early);
    await senders.send({ ...message, payload: restamp(message.payload, shiftMs) });
    progress.show(i + 1);
  }
  progress.end();
}

function print({ messages, acknowledged, refused, enrolled, seconds }: Summary, { json }: Options): void {
  const reasons = Object.entries(refused).map(([reason, count]) => `, ${count} refused (${reason})`);
  const text =
    json === true
      ? JSON.stringify({ messages, acknowledged, refused, enrolled, seconds })
      : `Replayed ${messages} messages in ${seconds} s: ${acknowledged} acknowledged${reasons.join('')}` +
        (enrolled > 0 ? `; ${enrolled} tags enrolled` : '');
  process.stdout.write(`${text}\n`);
}
