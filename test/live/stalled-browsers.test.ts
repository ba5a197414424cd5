import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { StalledBrowsers } from '../../src/live/stalled-browsers';

class Line extends EventEmitter {
  readonly transport = { writable: true };
}

test('a browser to which nothing leaves for longer than the patience is stalled, others are not', () => {
  const [stuck, slow, quick] = [new Line(), new Line(), new Line()];
  const browsers = new StalledBrowsers<string>(5_000);
  for (const [name, line] of Object.entries({ stuck, slow, quick })) browsers.watch(name, line);
  stuck.transport.writable = false;
  slow.transport.writable = false;
  expect(browsers.find(0)).toEqual([]);
  expect(browsers.find(4_000)).toEqual([]);
  slow.emit('drain');
  expect(browsers.find(6_000)).toEqual(['stuck']);
  stuck.emit('close');
  expect(browsers.find(12_000)).toEqual(['slow']);
});
