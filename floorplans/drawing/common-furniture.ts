import type { Furniture } from './furniture';

/** A counter to each corridor and a table between them. */
export const station: Furniture = (f) => {
  const length = f.width * 0.6;
  const u = (f.width - length) / 2;
  return [
    f.piece('desk', u, 0.9, [length, 0.7]),
    f.piece('desk', u, f.depth - 1.6, [length, 0.7]),
    f.piece('desk', f.width / 2 - 1.2, f.depth / 2 - 0.5, [2.4, 1.0]),
  ];
};

/** One counter for every five metres of reception. */
export const counters: Furniture = (f) => {
  const count = Math.max(1, Math.floor(f.width / 5));
  const pitch = f.width / count;
  return Array.from({ length: count }, (_, i) =>
    f.piece('desk', (i + 0.5) * pitch - 1.3, Math.min(1.8, f.depth / 2), [2.6, 0.7]),
  );
};

/** Back-to-back rows of chairs with an aisle around them. */
export const chairs: Furniture = (f) => {
  const rows = Math.max(1, Math.floor((f.depth - 1.8) / 2.0));
  const length = Math.max(1.2, f.width - 2.4);
  return Array.from({ length: rows }, (_, i) =>
    f.piece('seating', (f.width - length) / 2, f.depth - 0.8 - i * 2.0 - 0.4, [length, 0.6]),
  );
};

/** Shelves on the back wall and the two side walls. */
export const shelves: Furniture = (f) => [
  f.piece('equipment', 0.1, f.depth - 0.55, [f.width - 0.2, 0.45]),
  ...(f.depth > 2.8
    ? [
        f.piece('equipment', 0.1, 1.1, [0.45, f.depth - 1.75]),
        f.piece('equipment', f.width - 0.55, 1.1, [0.45, f.depth - 1.75]),
      ]
    : []),
];

/** Free-standing benches or racks across a large room. */
export const benches: Furniture = (f) => {
  const count = Math.max(1, Math.floor((f.width - 1.2) / 2.6));
  const pitch = f.width / count;
  return Array.from({ length: count }, (_, i) =>
    f.piece('equipment', (i + 0.5) * pitch - 0.4, 1.6, [0.8, f.depth - 2.4]),
  );
};

export const table: Furniture = (f) => {
  const length = Math.min(f.width / 2, 8);
  return [f.piece('desk', (f.width - length) / 2, f.depth / 2 - 0.6, [length, 1.2])];
};

export const desks: Furniture = (f) => {
  const count = Math.max(1, Math.floor(f.width / 3.2));
  return f.bays('desk', count, [1.6, 0.8]);
};

export const cafeTables: Furniture = (f) =>
  Array.from({ length: Math.floor((f.width - 1) / 2.2) * 2 }, (_, i) =>
    f.piece('seating', 1 + (i >> 1) * 2.2, 1.6 + (i % 2) * 2.2, [0.9, 0.9]),
  );

/** A basin and a bowl in a small one, a row of stalls in a public one. */
export const washroom: Furniture = (f) =>
  f.width * f.depth > 12
    ? f.bays('equipment', Math.floor(f.width / 1.2), [1.1, 1.6])
    : [f.piece('equipment', 0.15, f.depth - 0.75, [0.4, 0.65]), f.piece('equipment', 0.15, 0.2, [0.45, 0.4])];

export const cars: Furniture = (f) =>
  Array.from({ length: 2 }, (_, i) =>
    f.piece('equipment', f.width / 4 + (i * f.width) / 2 - 0.95, 0.5, [1.9, f.depth - 1.2]),
  );

/** Up and down, a landing at each end. */
export const flights: Furniture = (f) => [
  f.piece('equipment', 0.2, 1.5, [1.6, f.depth - 3]),
  f.piece('equipment', f.width - 1.8, 1.5, [1.6, f.depth - 3]),
];

/** Air handlers and switchgear with room to walk round. */
export const machines: Furniture = (f) => [
  f.piece('equipment', 0.8, f.depth - 2.4, [f.width - 1.6, 1.6]),
  ...(f.depth > 5 ? [f.piece('equipment', f.width / 2, 1.2, [f.width / 2 - 0.8, 1.2])] : []),
];

/** Information desk by the doors, chairs along the far end. */
export const entranceHall: Furniture = (f) => [
  f.piece('desk', f.width / 2 - 6.5, 4.2, [3.6, 0.8]),
  ...[0, 1, 2].map((i) => f.piece('seating', f.width / 2 + 3.4, 1.6 + i * 1.7, [3.6, 0.6])),
  ...[0, 1].map((i) => f.piece('seating', f.width / 2 - 3, f.depth - 3 - i * 1.7, [6, 0.6])),
];

export const ambulance: Furniture = (f) => [f.piece('equipment', 0.5, 0.8, [2.2, 5.6])];

/** Pallets on the floor. */
export const pallets: Furniture = (f) =>
  Array.from({ length: 8 }, (_, i) =>
    f.piece('equipment', 1.2 + (i % 4) * 1.6, 3.6 + Math.floor(i / 4) * 5, [1.2, 1.0]),
  );
