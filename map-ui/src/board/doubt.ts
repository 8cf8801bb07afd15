import type { Whereabouts } from '../feed/whereabouts';
import { ageShort } from '../map/features';
import { OLD_AFTER_SECONDS } from '../map/states';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';

// What stands in doubt about a vehicle that works: nothing while its link lives and its fix is fresh. Old is never shown
// beside fresh without this word.
export function doubtInWords(
  name: string,
  online: boolean,
  { ageSeconds, source }: Pick<Whereabouts, 'ageSeconds' | 'source'>,
  { screen }: Words,
  short = false,
): string {
  const isUndated = ageSeconds === null && source === 'last_known';
  const old = isUndated || (ageSeconds !== null && ageSeconds > OLD_AFTER_SECONDS);
  if (online && !old) return '';
  const age = isUndated ? '?' : ageSeconds === null ? '' : ageShort(ageSeconds);
  const vehicle = name;
  const { oldShort, offlineShort } = screen.queue;
  if (short)
    return `${online ? `▲ ${name} ${fill(oldShort, { age })}` : `⚡ ${name} ${fill(offlineShort, { age })}`}`
      .replace(/ +/g, ' ')
      .trim();
  if (online) return `▲ ${fill(screen.queue.oldAge, { vehicle, age })}`;
  return `⚡ ${age === '' ? fill(screen.queue.offline, { vehicle }) : fill(screen.queue.offlineAge, { vehicle, age })}`.trim();
}
