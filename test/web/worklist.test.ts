import { describe, expect, it } from 'vitest';
import { markOf } from '../../web/src/lib/worklist.svelte';

describe('the mark of a row of the worklist', () => {
  it('is of what the row says is wrong, though the live list may say otherwise for a moment', () => {
    expect(markOf('needs-cleaning', 'unknown')).toBe('needs-cleaning');
    expect(markOf('out-of-service', 'free')).toBe('out-of-service');
  });

  it('is of the availability known where the row is about something else', () => {
    expect(markOf('silent', 'in-use')).toBe('in-use');
    expect(markOf('away-from-home', 'free')).toBe('free');
  });
});
