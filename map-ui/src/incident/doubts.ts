import type { Incident, Schemas } from '../api/types';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';

type Doubt = Schemas['ClosingDoubt'];

// Why an incident does not close itself, one sentence for each reason.
export function doubtsInWords(doubts: readonly Doubt[] | undefined, words: Words): string[] {
  const { closing } = words.screen;
  return (doubts ?? []).map((doubt) => {
    switch (doubt.doubt) {
      case 'patients_unaccounted':
        return fill(closing.patients, {
          left: doubt.reported - doubt.accounted,
          reported: doubt.reported,
          accounted: doubt.accounted,
        });
      case 'not_replaced':
        return fill(closing.notReplaced, { task: shortTask(doubt.task) });
      case 'call_after_departure':
        return closing.called;
      case 'fewer_than_wanted':
        return fill(closing.fewer, { wanted: doubt.wanted, came: doubt.came });
      case 'reopened':
        return closing.reopened;
    }
  });
}

// Reported patients of whom nobody has told.
export const patientsLeft = ({ patients }: Incident): number =>
  Math.max(0, (patients?.reported ?? 0) - (patients?.accounted ?? 0));

const shortTask = (task: string): string => task.slice(task.lastIndexOf('-') + 1);
