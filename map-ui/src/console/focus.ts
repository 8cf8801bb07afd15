import { tick } from 'svelte';

// The places of the screen that a key goes to. Each marks itself with `data-focus`.
export type Place =
  'queue' | 'intake' | 'rank' | 'incident' | 'board' | 'moves' | 'log' | 'roads' | 'reports' | 'command-line' | 'map';

// Only ever called for a key or a click of the person at the desk: the console never takes the focus by itself.
export async function focusOn(place: Place): Promise<void> {
  await tick();
  const root = document.querySelector<HTMLElement>(`[data-focus="${place}"]`);
  const target = root?.querySelector<HTMLElement>('[data-focus-first]') ?? root;
  target?.focus();
}
