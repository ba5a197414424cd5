import { describe, expect, it } from 'vitest';
import { fileOf, isKeptAnswer, keyOf, outlived } from '../../web/worker/rules';

const files = ['/', '/assets/index-1.js', '/icon.svg'];

describe('the app on the device', () => {
  it.each([
    ['/', true, '/'],
    ['/wherever', true, '/'],
    ['/icon.svg', false, '/icon.svg'],
    ['/assets/index-1.js', false, '/assets/index-1.js'],
    ['/assets/of-the-version-before.js', false, '/assets/of-the-version-before.js'],
    ['/api/openapi.json', true, null],
    ['/socket.io/', false, null],
    ['/unknown.txt', false, null],
  ])('%s (navigation: %s) is answered by %s', (path, isNavigation, file) => {
    expect(fileOf(path, isNavigation, files)).toBe(file);
  });

  it.each([
    '/api/config',
    '/api/kinds',
    '/api/assets',
    '/api/assets/nearest',
    '/api/sites/s',
    '/api/sites/s/levels/L1',
  ])('keeps the last answer of %s', (path) => expect(isKeptAnswer(path)).toBe(true));

  it.each(['/api/assets/export', '/api/assets/pump-1/trail', '/api/dead-letters'])('keeps none of %s', (path) =>
    expect(isKeptAnswer(path)).toBe(false),
  );

  it('knows a question again whatever was on the screen when it was asked', () => {
    const asked = (shown: string) =>
      keyOf(new URL(`http://host/api/assets/nearest?kind=bed&from=unit:a&shown=${shown}`));
    expect(asked('a,b')).toBe(asked('b'));
    expect(asked('a')).toContain('kind=bed');
  });

  it('keeps the version before for a tab that still runs it, and drops older ones', () => {
    expect(outlived(['app-1', 'answers', 'app-2', 'app-3'], 'app-3')).toEqual(['app-1']);
    expect(outlived(['app-1'], 'app-1')).toEqual([]);
  });
});
