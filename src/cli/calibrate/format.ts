import type { Fit, FitQuality, Site, Suspect } from '../../core';
import type { KeptCalibration } from '../../sites/calibration-store';

/** A fit as lines for a person: one a gateway, the site, and the gateways to look at. */
export function formatFit({ calibration, quality, suspects }: Fit): string {
  const { fallback, gateways } = calibration;
  const radioOf = new Map(gateways.map((radio) => [radio.gatewayId, radio.through]));
  const width = Math.max(9, ...quality.map(({ gatewayId }) => gatewayId.length));
  const row = (q: FitQuality): string => {
    const radio = radioOf.get(q.gatewayId) ?? fallback.through;
    return [
      q.gatewayId.padEnd(width),
      String(q.points).padStart(6),
      `${q.nearestM.toFixed(1)}–${q.furthestM.toFixed(1)} m`.padStart(14),
      (radio?.rssi1m ?? NaN).toFixed(1).padStart(9),
      (radio?.exponent ?? NaN).toFixed(2).padStart(9),
      (radio?.wallDb ?? NaN).toFixed(1).padStart(8),
      `${q.rmsDb.toFixed(1)} dB`.padStart(9),
      `${q.defaultRmsDb.toFixed(1)} dB`.padStart(10),
    ].join('');
  };
  const head = `${'gateway'.padEnd(width)}points      distances  at 1 m exponent    wall  residual by default`;
  const { rssi1m = NaN, exponent = NaN, wallDb = NaN } = fallback.through ?? {};
  const all =
    `all together: ${rssi1m.toFixed(1)} dBm at 1 m, exponent ${exponent.toFixed(2)}, ` +
    `${wallDb.toFixed(1)} dB a wall`;
  return [head, ...quality.map(row), all, ...suspects.map(describe)].join('\n');
}

function describe(suspect: Suspect): string {
  const { gatewayId } = suspect;
  if (suspect.kind === 'moved') {
    const { x, y, metres } = suspect;
    return `Look at ${gatewayId}: it hears as if it hung at ${x}, ${y}, ${metres} m from where the plan has it.`;
  }
  const { kind, db } = suspect;
  return `Look at ${gatewayId}: it hears ${Math.abs(db)} dB ${kind === 'deaf' ? 'less' : 'more'} than the others.`;
}

/** The versions kept for a site, newest last, the one in use marked. */
export function formatKept(site: Site, kept: readonly KeptCalibration[]): string {
  if (kept.length === 0) return `No calibration of ${site.id} is kept.`;
  return kept
    .map(({ version, isCurrent, calibration: { fittedAt, gateways, fallback } }) =>
      [
        isCurrent ? '*' : ' ',
        String(version).padStart(4),
        new Date(fittedAt).toISOString().slice(0, 16).replace('T', ' '),
        `${gateways.length} gateways, ${(fallback.points / Math.max(gateways.length, 1)).toFixed(0)} points each`,
      ].join('  '),
    )
    .join('\n');
}
