import { expect, test } from 'vitest';
import { memo } from '../../src/ingest/decoders/memo';

test('asks once for each text, and forgets all when it holds as many as it may', () => {
  const asked: string[] = [];
  const length = memo((text) => {
    asked.push(text);
    return text.length;
  }, 2);
  expect(['a', 'bb', 'a', 'bb'].map(length)).toEqual([1, 2, 1, 2]);
  expect(asked).toEqual(['a', 'bb']);
  expect([length('ccc'), length('a')]).toEqual([3, 1]);
  expect(asked).toEqual(['a', 'bb', 'ccc', 'a']);
});
