/** The only door to core: pure functions and types, no clock, no services. */
export * from './ids';
export * from './sighting';
export * from './reading';
export * from './fix';
export * from './move';
export * from './result';
export * from './site';
export * from './build-site';
export * from './calibration';
export * from './stream';
