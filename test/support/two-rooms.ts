import { join } from 'node:path';
import { buildSiteModel, type Gateway, type Sighting, type SiteModel, type TagId } from '../../src/core';
import { loadSite } from '../../src/sites/site-files';

/** The plan in `test/fixtures/two-rooms`: west and east of 20 by 12 metres, a door between them, eight gateways. */
export const twoRoomsDir = join(__dirname, '..', 'fixtures', 'two-rooms');

export async function twoRooms(): Promise<SiteModel> {
  const { site, calibration } = await loadSite(twoRoomsDir);
  return buildSiteModel(site, calibration);
}

/** What every gateway hears of a tag at a place, without noise: one sighting each, at the same instant. */
export function heardAt(
  model: SiteModel,
  tagId: TagId,
  [x, y]: readonly [x: number, y: number],
  at: number,
): Sighting[] {
  return model.gateways.map((gateway) => ({
    tagId,
    gatewayId: gateway.id,
    rssi: Math.round(-59 - 22 * Math.log10(Math.max(1, distance(gateway, x, y)))),
    heardAt: at,
    receivedAt: at,
  }));
}

const distance = (gateway: Gateway, x: number, y: number): number =>
  Math.hypot(gateway.x - x, gateway.y - y, gateway.z - 1);

/** A walk to and fro through both rooms, a step each `stepMs`: one batch of sightings for each step. */
export function walk(model: SiteModel, tagId: TagId, from: number, steps: number, stepMs = 1_000): Sighting[][] {
  return Array.from({ length: steps }, (_, i) => {
    const along = (i * 1.2 * (stepMs / 1_000)) % 72;
    const x = 2 + (along <= 36 ? along : 72 - along);
    return heardAt(model, tagId, [x, 6], from + i * stepMs);
  });
}
