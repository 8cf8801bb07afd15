import type { Schemas } from '../api/types';
import { numberOf } from '../console/numbers';
import { clockTime } from '../time/format';
import { fill } from '../i18n/fill';
import { screen, vocabulary, words } from '../i18n/language.svelte';

// What a crew pressed in vain, why it was refused, and how often since somebody looked.
export function refusedPress({ command, task, code, pressed_at, count }: Schemas['RefusedPressView']): string {
  const names: Record<string, string> = { ...vocabulary().Milestone, ...screen().report.commands };
  const why = words().problems[code];
  const what = {
    command: names[command] ?? command,
    task: task ? numberOf(task) : '',
    time: clockTime(pressed_at),
    why: why ? fill(why, { task: task ? numberOf(task) : '' }) : code,
  };
  return fill(screen().report.refused, what) + (count > 1 ? ` ${fill(screen().report.more, { n: count - 1 })}` : '');
}
