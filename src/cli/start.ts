import { Command } from 'commander';
import { loadConfig } from '../config/config';

interface Options {
  readonly port?: string;
  readonly data?: string;
  readonly site?: string;
  readonly simulate?: boolean;
}

/** `start`: the whole service, with its own PostgreSQL, Redis and MQTT broker where no URL is set. */
export function startCommand(): Command {
  return new Command('start')
    .description('Run Whereabouts: PostgreSQL, Redis and the MQTT broker come along where no URL is set')
    .option('--port <n>', 'port of the web app and the HTTP door (PORT)')
    .option('--data <dir>', 'where everything is kept (DATA_DIR)')
    .option('--site <dir>', 'the site directory (SITE_DIR)')
    .option('--simulate', 'run simulated gateways on any site (SIMULATE=on)')
    .option('--no-simulate', 'run no simulated gateways (SIMULATE=off)')
    .action(async ({ port, data, site, simulate }: Options) => {
      const given = {
        ...(port === undefined ? {} : { PORT: port }),
        ...(data === undefined ? {} : { DATA_DIR: data }),
        ...(site === undefined ? {} : { SITE_DIR: site }),
        ...(simulate === undefined ? {} : { SIMULATE: simulate ? 'on' : 'off' }),
      };
      const config = loadConfig({ ...process.env, ...given });
      // Loaded now: the other commands need none of it.
      const { runUntilStopped } = await import('./start/run.js');
      await runUntilStopped(config);
    });
}
