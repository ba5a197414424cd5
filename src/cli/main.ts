import 'reflect-metadata';
import { Command } from 'commander';
import { reasonOf } from '../config/start-error';
import { readVersion } from '../config/version';
import { simulateCommand } from './simulate';
import { startCommand } from './start';

const program = new Command('whereabouts')
  .description(
    'Real-time indoor location of hospital equipment. Settings are environment variables: docs/operating.md.',
  )
  .version(readVersion())
  .showHelpAfterError('(--help lists the options)')
  .addCommand(startCommand(), { isDefault: false })
  .addCommand(simulateCommand());

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = 1;
});
