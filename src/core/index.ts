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
export * from './rules';
export { buildSiteModel, type LevelModel, type SiteModel } from './model';
export { advance, type Advance, type Dropped, type DropReason, endSilent, type Track } from './track';
export { centroidOf, distanceToPolygon, isInPolygon, nearestOnEdges, polygonArea } from './geometry/polygon';
export { nearestOnSegment, segmentsMeet, sqDistToSegment } from './geometry/segment';
export * from './walking';
export * from './availability';
export { frameOf, type Frame } from './geometry/frame';
