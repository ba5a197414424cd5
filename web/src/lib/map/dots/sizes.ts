/** Pixels a metre from which dots carry the pictogram of their kind. */
const pictogramFrom = 7.2;
/** Pixels of a dot drawn at its full size. */
export const fullSize = 44;

/** Share of the full size by pixels a metre. */
const shares: readonly (readonly [scale: number, share: number])[] = [
  [3, 0.26],
  [pictogramFrom, 0.34],
  [pictogramFrom * 1.007, 0.5],
  [14, 0.62],
  [40, 0.95],
];

/** How wide a dot is at so many pixels a metre: grows evenly with the zoom between the steps. */
export function dotSize(scale: number): number {
  const above = shares.findIndex(([at]) => at >= scale);
  const [low, high] = [shares[above - 1] ?? shares[0], shares[above] ?? shares.at(-1)];
  if (low === undefined || high === undefined) return fullSize;
  if (above === 0) return fullSize * low[1];
  if (above < 0) return fullSize * high[1];
  const part = Math.log2(scale / low[0]) / Math.log2(high[0] / low[0]);
  return fullSize * (low[1] + (high[1] - low[1]) * part);
}

export const hasPictogram = (scale: number): boolean => scale >= pictogramFrom;

/** From so many dots on a level, those that lie on top of each other are drawn as one with their number. */
export const crowdFrom = 250;
/** Pixels a metre from which a crowd is drawn dot by dot; pixels a cluster gathers from; dots it has at least. */
export const aloneFrom = 12;
export const gatherFrom = 38;
export const fewest = 4;

/** Radius of a cluster's disc, pixels: as large as they are many. */
export function clusterSize(count: number): number {
  const many = Math.min(count, 500);
  return many < 50 ? 13 + ((many - 4) / 46) * 6 : 19 + ((many - 50) / 450) * 8;
}
