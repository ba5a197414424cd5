import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { recordCommand } from '../../src/cli/record';
import { replayCommand } from '../../src/cli/replay';
import { vendorFormatNames } from '../../src/cli/vendor-formats';
import { startBroker } from '../../src/embedded/broker';
import { MqttDoor } from '../../src/ingest/mqtt-door';
import { enrol, openDoors, sightingsIn } from '../support/doors';
import { privateConfig, privateRedis } from '../support/private-services';

/** Ten seconds of a walk past three gateways. */
const walk = Array.from({ length: 60 }, (_, i) => ({
  gatewayId: `g${i % 3}`,
  tagId: 'ac233fa1164d',
  rssi: -50 - (i % 40),
  heardAt: 1_700_000_000_000 + Math.floor(i / 3) * 500 + (i % 3),
}));

function printed() {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  onTestFinished(() => write.mockRestore());
  return lines;
}

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'whereabouts-replay-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function open() {
  const config = privateConfig();
  const redis = await privateRedis(config);
  await enrol(redis, { tags: { ac233fa1164d: 'asset' }, gateways: ['g0', 'g1', 'g2'] });
  const app = await openDoors(config);
  await app.listen(0, '127.0.0.1');
  const door = app.get(MqttDoor);
  const broker = await startBroker({ host: '127.0.0.1', port: 0, onPublish: (...it) => door.accept(...it) });
  onTestFinished(() => broker.stop());
  return { config, redis, mqtt: broker.url, http: await app.getUrl() };
}

const doors = vendorFormatNames.flatMap((format) => [
  { format, door: 'mqtt' },
  { format, door: 'http' },
]);

test.each(doors)(
  'a walk recorded as $format and replayed by $door is in the stream as it was',
  async ({ format, door }) => {
    const { config, redis, mqtt, http } = await open();
    const out = printed();
    const files = { sightings: join(directory(), 'walk.ndjson'), recording: join(directory(), 'recording.ndjson') };
    writeFileSync(files.sightings, walk.map((one) => JSON.stringify(one)).join('\n'));
    const from = { from: 'user' } as const;
    await recordCommand().parseAsync(
      ['--sightings', files.sightings, '--format', format, '--door', door, '--out', files.recording],
      from,
    );
    const startedAt = Date.now();
    await replayCommand().parseAsync(
      ['--recording', files.recording, '--mqtt', mqtt, '--http', http, '--speed', 'max', '--json'],
      from,
    );
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ refused: {} });
    const found = await sightingsIn(redis, config);
    expect(found.map(({ gatewayId, rssi }) => `${gatewayId} ${rssi}`).sort()).toEqual(
      walk.map(({ gatewayId, rssi }) => `${gatewayId} ${rssi}`).sort(),
    );
    for (const { heardAt } of found) expect(Math.abs(heardAt - startedAt)).toBeLessThan(15_000);
  },
);
