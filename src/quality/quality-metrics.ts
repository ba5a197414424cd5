import { Gauge } from 'prom-client';
import type { SectionQuality } from './section-quality';

const leaveOneOut = new Gauge({
  name: 'whereabouts_leave_one_gateway_out_metres',
  help: 'Median of how far positions move when one gateway is not listened to, by section, over the newest looks',
  labelNames: ['section'],
});
const hitRatio = new Gauge({
  name: 'whereabouts_reference_hit_ratio',
  help: 'Share of the newest looks at reference tags that found the right room, by section',
  labelNames: ['section'],
});
const looks = new Gauge({
  name: 'whereabouts_reference_looks',
  help: 'Looks at reference tags the hit ratio rests on, by section',
  labelNames: ['section'],
});

/** Publishes what is known; a section is absent until something is. */
export function publish(qualities: readonly SectionQuality[]): void {
  for (const { sectionId, leaveOneOutM, hitRate, referenceLooks } of qualities) {
    const section = sectionId ?? 'none';
    if (leaveOneOutM !== null) leaveOneOut.set({ section }, leaveOneOutM);
    if (hitRate === null) continue;
    hitRatio.set({ section }, hitRate);
    looks.set({ section }, referenceLooks);
  }
}
