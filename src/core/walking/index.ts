export { buildWalkingGraph, type WalkingGraph } from './graph';
export { type Nearest, nearestFrom, nearestInRooms, nearestOnFoot, type OnFoot, type Reached } from './nearest';
export { type Instruction, instructionsFor } from './instructions';
export { RoomTimes } from './room-times';
export { retrace, route, type Route, type RouteLeg } from './route';
export { type Companion, companions, defaultWalkingRules, rulesWith, type WalkingRules } from './rules';
export { defaultSearchCosts, type Expectation, orderSearch, type Prospect, type SearchCosts } from './search-order';
export { type Ranked, steadyOrder } from './steady-order';
export { type Arrival, arrive, canReach, stand, type Walk, walkFrom, type WalkingPoint } from './walk';
