import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takeDataDir } from '../../src/embedded/data-dir';
import { temporaryDirectory } from '../support/temporary-directory';

const lockOf = (dir: string): string => join(dir, 'whereabouts.lock');

describe('data directory', () => {
  test('is made when missing, and let go of', () => {
    const path = join(temporaryDirectory(), 'a', 'b');
    const taken = takeDataDir(path);
    expect(existsSync(lockOf(path))).toBe(true);
    taken.release();
    expect(existsSync(lockOf(path))).toBe(false);
  });

  test('belongs to one process, which a second start names with its address', () => {
    const path = temporaryDirectory();
    const taken = takeDataDir(path);
    expect(() => takeDataDir(path)).toThrow(`Whereabouts already runs on ${path}: process ${process.pid} is starting.`);
    taken.announce('http://127.0.0.1:3000');
    expect(() => takeDataDir(path)).toThrow(`process ${process.pid} answers at http://127.0.0.1:3000.`);
  });

  test.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, startedAt: '1', address: '' })],
    ['whose number another process has now', JSON.stringify({ pid: process.pid, startedAt: '1', address: '' })],
    ['cut short', '{"pid": 12'],
  ])('is taken over from a lock %s', (_, lock) => {
    const path = temporaryDirectory();
    writeFileSync(lockOf(path), lock);
    takeDataDir(path);
    expect(JSON.parse(readFileSync(lockOf(path), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  test('that cannot be written is named with the setting', () => {
    expect(() => takeDataDir('/dev/null/data')).toThrow(
      /^The data directory \/dev\/null\/data cannot be written \(.*\): /,
    );
  });
});
