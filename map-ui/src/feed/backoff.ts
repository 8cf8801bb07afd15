const FIRST_MILLIS = 250;
// Ten seconds: the goal for coming back after an outage without a hand.
const LONGEST_MILLIS = 10_000;

// Half fixed, half chance, so that hundreds of consoles do not come back in the same instant.
export function backoffMillis(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** Math.min(attempt, 16));
  return full / 2 + (full / 2) * chance;
}
