/** What the throttle needs of its surroundings; a test gives its own. */
export interface Pace {
  now(): number;
  /** Calls back once after about `ms`; returns how to cancel. */
  after(ms: number, call: () => void): () => void;
}

export const framePace: Pace = {
  now: () => performance.now(),
  after(ms, call) {
    let frame = 0;
    const timer = setTimeout(() => (frame = requestAnimationFrame(call)), ms);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  },
};

/**
 * Folds many calls into few: the first runs at the next frame, later ones at least `gapMs()` after the last run.
 * The last call is never lost.
 */
export function throttle(run: () => void, gapMs: () => number, pace: Pace = framePace): { ask(): void; stop(): void } {
  let last = -Infinity;
  let cancel: (() => void) | null = null;
  return {
    ask() {
      if (cancel !== null) return;
      cancel = pace.after(Math.max(0, last + gapMs() - pace.now()), () => {
        cancel = null;
        last = pace.now();
        run();
      });
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
