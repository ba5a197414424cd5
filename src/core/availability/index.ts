export {
  availabilityOf,
  endOfManual,
  isPlaceSure,
  judge,
  type Judgement,
  type ManualStatus,
  type Reason,
  type Space,
  type Whereabouts,
} from './availability';
export { availabilities, type Availability, type AvailabilityRules } from './rules';
