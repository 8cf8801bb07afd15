import type { Schemas } from '../api/types';

// The reasons in the order in which the forms offer them.
export const REASONS = {
  suspend: ['awaiting_vehicle', 'awaiting_caller', 'awaiting_other_service', 'other'],
  refuse: ['out_of_area', 'not_medical', 'conditions_not_accepted', 'other'],
  cancel: [
    'caller_cancelled',
    'went_by_themselves',
    'gone_on_arrival',
    'nuisance',
    'duplicate',
    'dealt_with_by_others',
    'other',
  ],
  abort: [
    'incident_cancelled',
    'vehicle_breakdown',
    'road_accident',
    'road_blocked',
    'gone_on_arrival',
    'patient_refused',
    'crew_unable',
    'sent_by_mistake',
    'other',
  ],
  divert: ['higher_priority', 'nearer', 'better_equipped', 'other'],
  pause: ['fuel', 'meal', 'repair', 'disinfection', 'restock', 'other'],
} satisfies {
  suspend: Schemas['SuspendReason'][];
  refuse: Schemas['RefuseReason'][];
  cancel: Schemas['CancelReason'][];
  abort: Schemas['AbortReason'][];
  divert: Schemas['DivertReason'][];
  pause: Schemas['PauseReason'][];
};
