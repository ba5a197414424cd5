import type { Furniture } from './furniture';

const BED: readonly [number, number] = [2.1, 1.0];
const STRETCHER: readonly [number, number] = [0.75, 1.95];

/** Head of the bed on the side wall the en-suite stands against, feet to the room, chair at the window. */
export const oneBed: Furniture = (f) => {
  const v = (f.depth + 2.5) / 2 - 0.5;
  return [
    f.piece('bed', f.ensuiteWest ? 0.15 : f.width - 2.25, v, BED),
    f.piece('seating', f.ensuiteWest ? f.width - 0.9 : 0.2, f.depth - 0.9, [0.7, 0.7]),
  ];
};

export const twoBeds: Furniture = (f) => {
  const v = (f.depth + 2.5) / 2 - 0.5;
  return [f.piece('bed', 0.15, v, BED), f.piece('bed', f.width - 2.25, v, BED)];
};

export const fourBeds: Furniture = (f) => f.bays('bed', 4, [1.0, 2.1]);

export const stretcherBays: Furniture = (f) => [
  ...f.bays('bed', Math.floor(f.width / 2.4), STRETCHER),
  f.piece('desk', f.width / 2 - 1.5, 1.6, [3, 0.7]),
];

export const icuBed: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 0.5, f.depth - 2.7, [1.0, 2.1]),
  f.piece('equipment', f.width / 2 - 1.5, f.depth - 1.3, [0.6, 0.6]),
  f.piece('equipment', f.width / 2 + 0.9, f.depth - 1.3, [0.6, 0.6]),
];

export const exam: Furniture = (f) => [
  f.piece('bed', 0.35, f.depth - 2.2, STRETCHER),
  f.piece('desk', f.width - 1.5, f.depth - 0.8, [1.3, 0.65]),
];

export const resuscitation: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 0.4, f.depth / 2 - 0.6, [0.8, 2.0]),
  f.piece('equipment', 0.3, f.depth - 0.75, [f.width - 0.6, 0.6]),
  f.piece('equipment', f.width / 2 + 0.8, f.depth / 2 + 0.6, [0.6, 0.6]),
];

export const theatre: Furniture = (f) => [
  f.piece('equipment', f.width / 2 - 1.0, f.depth / 2 - 0.3, [2.0, 0.6]),
  f.piece('equipment', f.width / 2 - 1.9, f.depth / 2 - 0.45, [0.7, 0.9]),
  f.piece('equipment', f.width / 2 + 0.2, f.depth / 2 + 1.2, [1.4, 0.6]),
];

export const mri: Furniture = (f) => [
  f.piece('equipment', f.width / 2 - 1.1, f.depth - 2.8, [2.2, 1.8]),
  f.piece('bed', f.width / 2 - 0.35, f.depth - 4.9, [0.7, 2.1]),
];
export const ct: Furniture = (f) => [
  f.piece('equipment', f.width / 2 - 1.2, f.depth - 2.4, [2.4, 1.0]),
  f.piece('bed', f.width / 2 - 0.3, f.depth - 4.7, [0.6, 2.3]),
];
export const xray: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 1.1, f.depth / 2, [2.2, 0.8]),
  f.piece('equipment', f.width / 2 - 0.4, f.depth / 2 + 1.1, [0.8, 0.6]),
  f.piece('desk', 0.2, 0.3, [1.8, 1.2]),
];
export const sonography: Furniture = (f) => [
  f.piece('bed', f.width / 2 - 0.4, f.depth - 2.9, STRETCHER),
  f.piece('equipment', f.width / 2 + 0.6, f.depth - 2.3, [0.6, 0.7]),
];

/** A tub clear of the walls on both sides, for a lift to come alongside. */
export const tub: Furniture = (f) => [f.piece('equipment', f.width / 2 - 0.45, f.depth - 2.6, [0.9, 2.2])];

/** Parallel bars, two mats and a bank of machines. */
export const gymnasium: Furniture = (f) => [
  f.piece('equipment', 5.5, 2.2, [4, 0.9]),
  f.piece('equipment', 11.2, 1.6, [2, 2.2]),
  f.piece('equipment', 13.8, 1.6, [2, 2.2]),
  ...f.bays('equipment', Math.floor(f.width / 3), [1.8, 0.8]),
];
