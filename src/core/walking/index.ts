export { buildWalkingGraph, type WalkingGraph } from './graph';
export { type Nearest, nearestOnFoot } from './nearest';
export { route, type Route, type RouteLeg } from './route';
export { defaultWalkingRules, type WalkingRules } from './rules';
export { walkFrom, arrive, stand, type Walk, type WalkingPoint } from './walk';
