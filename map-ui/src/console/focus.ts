import { tick } from 'svelte';

// The places of the screen that a key goes to. Each marks itself with `data-focus`.
export type Place =
  'queue' | 'intake' | 'rank' | 'incident' | 'board' | 'moves' | 'log' | 'roads' | 'reports' | 'command-line' | 'map';

// What was opened may come with a later frame of the feed, over a slow line seconds after the answer to the command.
const WAITED_FOR_MILLIS = 10_000;
let stopWaiting = (): void => {};

// Only ever called for a key or a click of the person at the desk: the console never takes the focus by itself. A place
// that is not there yet gets it when it comes, unless the hand has done something else by then.
export async function focusOn(place: Place): Promise<void> {
  stopWaiting();
  await tick();
  if (!take(place)) waitFor(place);
}

function take(place: Place): boolean {
  const root = document.querySelector<HTMLElement>(`[data-focus="${place}"]`);
  const target = root?.querySelector<HTMLElement>('[data-focus-first]') ?? root;
  target?.focus();
  return target !== null && target !== undefined;
}

function waitFor(place: Place): void {
  stopWaiting();
  const observer = new MutationObserver(() => take(place) && stopWaiting());
  observer.observe(document.body, { childList: true, subtree: true });
  const timer = setTimeout(() => stopWaiting(), WAITED_FOR_MILLIS);
  const acted = (): void => stopWaiting();
  window.addEventListener('keydown', acted, true);
  window.addEventListener('pointerdown', acted, true);
  stopWaiting = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    window.removeEventListener('keydown', acted, true);
    window.removeEventListener('pointerdown', acted, true);
    stopWaiting = (): void => {};
  };
}
