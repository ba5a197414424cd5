import 'reflect-metadata';
import { Command } from 'commander';
import { goOnUnheard } from '../config/closed-output';
import { reasonOf } from '../config/start-error';
import { readVersion } from '../config/version';

/** Each command with what it alone needs: loading all of them takes longer than most of them run. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map(
  Object.entries({
    start: async () => (await import('./start.js')).startCommand(),
    simulate: async () => (await import('./simulate.js')).simulateCommand(),
    record: async () => (await import('./record.js')).recordCommand(),
    replay: async () => (await import('./replay.js')).replayCommand(),
    calibrate: async () => (await import('./calibrate.js')).calibrateCommand(),
    locate: async () => (await import('./locate.js')).locateCommand(),
    evaluate: async () => (await import('./evaluate.js')).evaluateCommand(),
    coverage: async () => (await import('./coverage.js')).coverageCommand(),
    'film-strip': async () => (await import('./film-strip.js')).filmStripCommand(),
    'bench-accuracy': async () => (await import('./bench-accuracy.js')).benchAccuracyCommand(),
    'bench-engine': async () => (await import('./bench-engine.js')).benchEngineCommand(),
    'bench-pipeline': async () => (await import('./bench-pipeline.js')).benchPipelineCommand(),
    'bench-history': async () => (await import('./bench-history.js')).benchHistoryCommand(),
    'bench-find': async () => (await import('./bench-find.js')).benchFindCommand(),
    'bench-day': async () => (await import('./bench-day.js')).benchDayCommand(),
  }),
);

async function run([name = '']: readonly string[]): Promise<void> {
  const program = new Command('whereabouts')
    .description(
      'Real-time indoor location of hospital equipment. Settings are environment variables: docs/operating.md.',
    )
    .version(readVersion())
    .showHelpAfterError('(--help lists the options)');
  const chosen = commands.get(name);
  for (const load of chosen === undefined ? commands.values() : [chosen]) program.addCommand(await load());
  await program.parseAsync();
}

// As `… | head` does: what was asked for is done all the same.
goOnUnheard();
run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = 1;
});
