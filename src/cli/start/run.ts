import { relative } from 'node:path';
import { inspect } from 'node:util';
import { Logger as NestLogger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../config/config';
import { hostHere } from '../../config/host-here';
import { reasonOf } from '../../config/start-error';
import { startBroker } from '../../embedded/broker';
import type { AwaitedDoors } from '../../health/awaited';
import { HealthServer } from '../../health/health-server';
import { Logger } from '../../http/logger';
import { MqttDoor } from '../../ingest/mqtt-door';
import { startApp } from '../../main';
import { startServices } from './embedded-services';
import { startSimulator, wantsSimulator } from './simulator';
import { Stops } from './stops';
import { startTracking } from './tracking-processes';

/**
 * Runs the service until a signal or a fault ends it, then stops its parts, the youngest first, and ends the process:
 * a start that failed half way may have left connections that would keep it alive.
 */
export async function runUntilStopped(settings: Config): Promise<never> {
  NestLogger.overrideLogger(new Logger(settings.logLevel, settings.logFormat));
  const stops = new Stops();
  const asked = untilAsked();
  let code = 0;
  try {
    // A signal during the start waits for its end: what is half started cannot be stopped well.
    await start(settings, stops);
    const fault = await asked;
    if (fault !== null) throw fault;
    process.stdout.write('Stopping …\n');
  } catch (error) {
    code = 1;
    process.stderr.write(`${settings.logLevel === 'debug' ? inspect(error) : reasonOf(error)}\n`);
  }
  await stops.all();
  process.exit(code);
}

async function start(settings: Config, stops: Stops): Promise<void> {
  const { config, announce } = await startServices(settings, stops);
  const tracksApart = config.trackers > 0 && config.roles.includes('track');
  const roles = tracksApart ? config.roles.filter((role) => role !== 'track') : config.roles;
  const hasDoor = config.mqttUrl === undefined && config.roles.includes('ingest');
  const awaited: AwaitedDoors = new Set(hasDoor ? ['MQTT door'] : []);
  const app = await startApp({ ...config, roles }, awaited);
  stops.add('service', () => app.close());
  const address = addressOf(app);
  announce(address);
  if (tracksApart) await startTracking(config, stops);
  const brokerUrl = hasDoor ? await startDoor(config, app, stops) : (config.mqttUrl ?? '');
  awaited.delete('MQTT door');
  if (wantsSimulator(config)) startSimulator(brokerUrl, config.siteDir, stops);
  print(config, { address, brokerUrl, healthPort: app.get(HealthServer, { strict: false }).port });
}

/** The embedded broker hands what it receives to the MQTT door; with MQTT_URL set the door listens to that one instead. */
async function startDoor(config: Config, app: NestFastifyApplication, stops: Stops): Promise<string> {
  const door = app.get(MqttDoor, { strict: false });
  const { host, mqttPort: port } = config;
  const broker = await startBroker({
    host,
    port,
    onPublish: (topic, payload, qos) => door.accept(topic, payload, qos),
  });
  stops.add('MQTT broker', () => broker.stop());
  return broker.url;
}

function addressOf(app: NestFastifyApplication): string {
  const bound: unknown = app.getHttpServer().address();
  if (typeof bound !== 'object' || bound === null || !('port' in bound) || !('address' in bound)) return '';
  return `http://${hostHere(String(bound.address))}:${String(bound.port)}`;
}

interface Places {
  readonly address: string;
  readonly brokerUrl: string;
  readonly healthPort: number;
}

function print(config: Config, { address, brokerUrl, healthPort }: Places): void {
  const lines = [
    `Whereabouts is at ${address}`,
    `  site      ${relative('.', config.siteDir)}${wantsSimulator(config) ? ', with simulated equipment' : ''}`,
    ...(brokerUrl === '' ? [] : [`  gateways  ${brokerUrl} or ${address}/api/gateways/<id>/messages`]),
    `  data      ${relative('.', config.dataDir)}`,
    `  health    http://${config.healthHost}:${healthPort}/health/deep`,
    '  Ctrl-C stops it.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Resolves when the operator asks to stop, or with a fault nobody caught. A second signal does not wait. */
function untilAsked(): Promise<Error | null> {
  return new Promise((resolve) => {
    let signals = 0;
    const onSignal = (): void => {
      if (++signals > 1) {
        process.stderr.write('Stopped without waiting; PostgreSQL and Redis are tidied up at the next start.\n');
        process.exit(130);
      }
      resolve(null);
    };
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
    for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(name, (error: unknown) => resolve(error instanceof Error ? error : new Error(reasonOf(error))));
    }
  });
}
