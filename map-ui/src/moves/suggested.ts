import type { Schemas, Vehicle } from '../api/types';

export type Suggested = Schemas['SuggestedMoveView'];

export interface Suggestion {
  vehicle: Vehicle;
  move: Suggested;
}

// In the order of the forms and of the keys 1 to 5.
export const IGNORE_REASONS = [
  'crew_needs_rest',
  'others_soon_free',
  'few_calls_expected',
  'road_or_weather',
  'other',
] as const satisfies readonly Schemas['MoveIgnoreReason'][];

// What may still be accepted, in the order it was suggested, so that nothing moves under the hand.
export function suggestions(vehicles: Iterable<Vehicle>, now: number): Suggestion[] {
  return [...vehicles]
    .flatMap((vehicle) => (vehicle.suggested_move ? [{ vehicle, move: vehicle.suggested_move }] : []))
    .filter(({ move }) => now <= move.expires_at)
    .sort((a, b) => a.move.since - b.move.since || a.move.number - b.move.number);
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

// How much more of the demand is covered, in percentage points with their sign.
export function gain({ covered_before: before, covered_after: after }: Suggested): string {
  const points = 100 * (after - before);
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} %`;
}
