/** At the latest after so long, however busy the page is. */
const patienceMs = 1_500;
/** A finger that has just tapped is answered first. */
const restMs = 250;

/** Calls back once when what is on screen has been drawn and nobody has tapped for a moment. @returns how to cancel */
export function whenIdle(call: () => void): () => void {
  const startedAt = performance.now();
  let lastTap = startedAt;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tapped = (): void => void (lastTap = performance.now());
  const stop = (): void => {
    clearTimeout(timer);
    removeEventListener('pointerdown', tapped, true);
  };
  const look = (): void => {
    const now = performance.now();
    const rests = now - lastTap >= restMs;
    if (!rests && now - startedAt < patienceMs) {
      timer = setTimeout(look, restMs);
      return;
    }
    stop();
    call();
  };
  addEventListener('pointerdown', tapped, true);
  timer = setTimeout(look, restMs);
  return stop;
}
