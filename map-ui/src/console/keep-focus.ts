// Where the focus goes when its place went with it, as a tab does.
const OTHERWISE = ['incident', 'vehicle', 'queue'];

// The one rule for the focus: when what had it goes or can no longer have it, the place of the screen that it was in
// gets it, else the place around that. So the next key always means something, and never the whole page. Whoever
// puts the focus elsewhere has it there.
export function keepFocus(root: HTMLElement): () => void {
  let last: HTMLElement | null = null;
  let places: string[] = [];

  function note(event: FocusEvent): void {
    last = event.target as HTMLElement;
    places = placesAround(last);
  }

  function look(): void {
    const { activeElement } = document;
    const lost = activeElement === null || activeElement === document.body || isOff(activeElement);
    if (!lost || !last || (last.isConnected && !isOff(last))) return;
    for (const place of [...places, ...OTHERWISE]) {
      const found = root.querySelector<HTMLElement>(`[data-focus="${place}"]`);
      const target = [found, ...(found?.querySelectorAll<HTMLElement>('[data-focus-first]') ?? [])].find(
        (it) => it && it.tabIndex >= -1 && canTake(it),
      );
      if (target) {
        target.focus({ preventScroll: true });
        return;
      }
    }
  }

  root.addEventListener('focusin', note);
  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  return () => {
    observer.disconnect();
    root.removeEventListener('focusin', note);
  };
}

const isOff = (element: Element): boolean => element.matches(':disabled');

const canTake = (element: HTMLElement): boolean =>
  element.hasAttribute('tabindex') || element.matches('button, input, select, textarea, a[href]');

function placesAround(element: HTMLElement): string[] {
  const names: string[] = [];
  for (
    let at = element.closest<HTMLElement>('[data-focus]');
    at;
    at = at.parentElement?.closest<HTMLElement>('[data-focus]') ?? null
  )
    names.push(at.dataset['focus'] ?? '');
  return names;
}
