import type { Site, SurveyPoint } from '../../../core';
import { seededRandom } from '../../simulate/random';

const pointsPerLevel = 100;
/** A tag is not heard farther than this, metres. */
const reachM = 45;

/** A survey of the air the bench's traffic is heard in, and of shadowing that changes over metres, dB. */
export function makeSurvey(site: Site, shadowDb: number): SurveyPoint[] {
  const random = seededRandom(3);
  return site.levels.flatMap((level) =>
    Array.from({ length: pointsPerLevel }, (_, i): SurveyPoint => {
      const [x, y] = [random.between(1, 99), random.between(1, 59)];
      const heard = level.gateways.flatMap((gateway) => {
        const distance = Math.max(1, Math.hypot(gateway.x - x, gateway.y - y, 1.6));
        const shadow = shadowDb * Math.sin(x / 3 + gateway.x) * Math.cos(y / 3 + gateway.y);
        const rssi = -60 - 25 * Math.log10(distance) + shadow + random.normal(0, 1);
        return distance > reachM ? [] : [{ gatewayId: gateway.id, rssi, count: 20 }];
      });
      return { pointId: `${level.id}-${i}`, levelId: level.id, x, y, heard };
    }),
  );
}
