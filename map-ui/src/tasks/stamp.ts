import type { Origin, Stamp } from '../api/types';
import type { Words } from '../i18n/language.svelte';

// The second clock is shown when it tells something: a press that reached the journal later than it was made.
const APART_MILLIS = 2_000;

// The best knowledge of when it was; a server of the release before tells the two clocks alone.
export function happenedAt({ at, made_at, recorded_at, clock_doubtful }: Stamp): number {
  return at ?? (clock_doubtful === true ? recorded_at : Math.min(made_at, recorded_at));
}

export const recordedApart = (stamp: Stamp): boolean => Math.abs(stamp.recorded_at - happenedAt(stamp)) > APART_MILLIS;

// What the terminal's own clock said, where that was minutes off: whoever reads a time must know that it was converted.
const CLOCK_OFF_MILLIS = 60_000;
export function clockOff({ terminal_clock, made_at }: Stamp): number | null {
  if (terminal_clock == null || Math.abs(terminal_clock - made_at) < CLOCK_OFF_MILLIS) return null;
  return terminal_clock;
}

export type Mark = 'doubtful' | 'corrected' | 'offline';

export function marksOf(stamp: Stamp): Mark[] {
  const marks: [Mark, boolean][] = [
    ['doubtful', stamp.clock_doubtful === true],
    ['corrected', stamp.corrected === true],
    ['offline', stamp.vehicle_online === false && stamp.origin.by === 'crew_terminal'],
  ];
  return marks.filter(([, stands]) => stands).map(([mark]) => mark);
}

// Who or what did it. `nameOf` gives a person's name; a person without one is still a person.
export function originOf(origin: Origin, { screen }: Words, nameOf: (person: string) => string | undefined): string {
  switch (origin.by) {
    case 'person':
      return nameOf(origin.person) ?? screen.task.byPerson;
    case 'crew_terminal':
      return screen.task.byCrew;
    case 'automatic':
      return screen.task.byRule;
  }
}
