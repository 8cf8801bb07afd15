import type { Candidate } from '../api/types';

/** When a candidate would be at the scene if it were sent now: what its journey takes, without what the ranking adds for other patients. */
export function arrivesIn({ terms }: Candidate): number {
  return terms.departure_delay + terms.travel + terms.wait_until_free;
}

export const arrivesAt = (candidate: Candidate, now: number): number => now + arrivesIn(candidate) * 1000;
