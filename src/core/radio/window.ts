import type { GatewayId } from '../ids';
import type { Rules } from '../rules';
import type { Sighting } from '../sighting';

/** Recent sightings of one tag by one gateway. */
export interface GatewayWindow {
  readonly gatewayId: GatewayId;
  /** Pairs of heardAt (ms since the track's origin) and rssi, oldest first. */
  readonly heard: readonly number[];
}

/** A window while it is worked on: the same, writable. */
export interface OpenGatewayWindow {
  readonly gatewayId: GatewayId;
  readonly heard: number[];
}

/** Copies a window to work on. */
export function openWindow(window: readonly GatewayWindow[]): OpenGatewayWindow[] {
  return window.map(({ gatewayId, heard }) => ({ gatewayId, heard: [...heard] }));
}

/** Whether the window holds this very sighting: same gateway, same instant, same strength. */
export function holds(window: readonly GatewayWindow[], sighting: Sighting, origin: number): boolean {
  const heard = window.find((own) => own.gatewayId === sighting.gatewayId)?.heard ?? [];
  const at = sighting.heardAt - origin;
  for (let i = heard.length - 2; i >= 0; i -= 2) {
    if (heard[i] === at && heard[i + 1] === sighting.rssi) return true;
  }
  return false;
}

/** Adds a sighting in its place in time and forgets what is older than the window. */
export function slideWindow(
  window: OpenGatewayWindow[],
  sighting: Sighting,
  origin: number,
  until: number,
  rules: Rules,
): void {
  let own = window.find(({ gatewayId }) => gatewayId === sighting.gatewayId);
  if (own === undefined) {
    own = { gatewayId: sighting.gatewayId, heard: [] };
    window.push(own);
  }
  insert(own.heard, sighting.heardAt - origin, sighting.rssi);
  const oldest = until - rules.windowMs - origin;
  for (let i = window.length - 1; i >= 0; i--) {
    const heard = window[i]?.heard ?? [];
    while (heard.length > 2 * rules.samplesPerGateway || (heard[0] ?? oldest) < oldest) heard.splice(0, 2);
    if (heard.length === 0) window.splice(i, 1);
  }
}

function insert(heard: number[], at: number, rssi: number): void {
  let i = heard.length;
  while (i > 0 && (heard[i - 2] ?? 0) > at) i -= 2;
  heard.splice(i, 0, at, rssi);
}
