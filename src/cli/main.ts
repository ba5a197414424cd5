import 'reflect-metadata';
import { Command } from 'commander';
import { reasonOf } from '../config/start-error';
import { readVersion } from '../config/version';
import { benchAccuracyCommand } from './bench-accuracy';
import { benchDayCommand } from './bench-day';
import { benchEngineCommand } from './bench-engine';
import { benchFindCommand } from './bench-find';
import { benchHistoryCommand } from './bench-history';
import { benchPipelineCommand } from './bench-pipeline';
import { calibrateCommand } from './calibrate';
import { coverageCommand } from './coverage';
import { evaluateCommand } from './evaluate';
import { filmStripCommand } from './film-strip';
import { locateCommand } from './locate';
import { recordCommand } from './record';
import { replayCommand } from './replay';
import { simulateCommand } from './simulate';
import { startCommand } from './start';

const program = new Command('whereabouts')
  .description(
    'Real-time indoor location of hospital equipment. Settings are environment variables: docs/operating.md.',
  )
  .version(readVersion())
  .showHelpAfterError('(--help lists the options)')
  .addCommand(startCommand(), { isDefault: false })
  .addCommand(simulateCommand())
  .addCommand(recordCommand())
  .addCommand(replayCommand())
  .addCommand(calibrateCommand())
  .addCommand(locateCommand())
  .addCommand(evaluateCommand())
  .addCommand(coverageCommand())
  .addCommand(filmStripCommand())
  .addCommand(benchAccuracyCommand())
  .addCommand(benchEngineCommand())
  .addCommand(benchPipelineCommand())
  .addCommand(benchHistoryCommand())
  .addCommand(benchFindCommand())
  .addCommand(benchDayCommand());

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = 1;
});
