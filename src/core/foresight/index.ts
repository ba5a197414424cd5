export { type Coverage, type CoverageCell, foreseeCoverage, type RoomCoverage, type RoomLoss } from './coverage';
export { leaveOneOut, type LeftOut } from './leave-one-out';
