import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/core/rules';
import { openWindow, type SightingWindow, slideWindow } from '../../../src/core/radio/window';
import { hasNews } from '../../../src/core/radio/window-news';

/** The instant after which sightings may be news, and that of the last sighting, ms. */
const [since, until] = [6_000, 8_000];

/** A window of gateways heard twice a second; how strongly, dBm, by gateway and instant, null when not at all. */
function heard(gateways: number, strength: (gateway: number, at: number) => number | null): SightingWindow {
  const window = openWindow();
  for (let at = 500; at <= until; at += 500) {
    for (let gateway = 0; gateway < gateways; gateway++) {
      const rssi = strength(gateway, at);
      if (rssi !== null) slideWindow(window, { gateway, at, rssi }, at, defaultRules);
    }
  }
  return window;
}

/** Fading of about 4 dB that is the same in every run. */
const fading = (gateway: number, at: number): number => 5.6 * Math.sin(12.9898 * gateway + 78.233 * at);

const news = (window: SightingWindow): boolean => hasNews(window, since, until, defaultRules);

describe('what is heard of a tag is', () => {
  it('no news while it only fades', () => {
    for (let gateways = 1; gateways < 12; gateways++) {
      expect(news(heard(gateways, (gateway, at) => -60 - gateway + fading(gateway, at)))).toBe(false);
    }
  });

  it('news when most gateways hear it otherwise than before', () => {
    const window = heard(6, (gateway, at) => -60 + fading(gateway, at) + (at > since ? 8 * (gateway % 2 ? 1 : -1) : 0));
    expect(news(window)).toBe(true);
  });

  it('news when a gateway is heard no more, or another one is', () => {
    expect(news(heard(2, (gateway, at) => (gateway === 1 && at > since ? null : -60)))).toBe(true);
    expect(news(heard(2, (gateway, at) => (gateway === 1 && at <= since ? null : -60)))).toBe(true);
  });

  it('no news when a gateway heard now and then is not heard for a while', () => {
    expect(news(heard(6, (gateway, at) => (gateway === 1 && at !== 2_000 ? null : -60)))).toBe(false);
  });
});
