export { type Estimate, estimate, judge, type Judgement, misledKey } from './judge';
export type { Reason, ReasonCode } from './reason';
export type {
  Escort,
  Correction,
  CorrectionCode,
  Known,
  LastUse,
  LikelySpace,
  ManualStatus,
  OutOfUse,
  Said,
  Space,
  StatusSource,
  Whereabouts,
} from './known';
export {
  availabilities,
  type Availability,
  type AvailabilityRules,
  type Discount,
  type Fading,
  type SaidRule,
  type State,
  states,
  type Weights,
} from './rules';
export { freshMs, isPlaceSure, chanceStillThere, notFoundAt, type Spot } from './weigh-place';
export { followUse } from './last-use';
export { endOfManual } from './weigh-said';
