import { coverageShown } from '../coverage/coverage.svelte';
import { feed } from '../feed/feed.svelte';
import { conditions } from '../roads/conditions.svelte';
import { jumpInQueue } from '../queue/jump';
import { sounds } from '../sounds/sounds.svelte';
import { watch } from '../sounds/watch.svelte';
import { selection } from './selection.svelte';
import { focusOn } from './focus';

type Action = () => void;

const KEYS: Record<string, Action> = {
  F1: () => (selection.helpOpen = !selection.helpOpen),
  F2: () => {
    selection.intakeOpen = true;
    void focusOn('intake');
  },
  F3: () => (selection.picking = !selection.picking),
  F4: () => {
    if (!selection.incidentId) return;
    selection.openIncident(selection.incidentId, true);
    void focusOn('rank');
  },
  F6: () => void focusOn('queue'),
  F7: () => {
    selection.tab = 'incident';
    void focusOn('incident');
  },
  F8: () => {
    selection.tab = 'vehicles';
    void focusOn('board');
  },
  F9: () => {
    selection.tab = 'log';
    void focusOn('log');
  },
  F10: () => void focusOn('map'),
};

// With Alt, by the key's place, since Alt may change the letter that comes.
const ALT_KEYS: Record<string, Action> = {
  KeyA: () => watch.acknowledge(),
  KeyS: () => {
    const calling = [...feed.state.vehicles.values()].find(({ sos_since }) => sos_since);
    if (!calling) return;
    selection.openVehicle(calling.id);
    void focusOn('board');
  },
  ArrowUp: () => jumpInQueue('up'),
  ArrowDown: () => jumpInQueue('down'),
  KeyC: () => coverageShown.toggle(),
  KeyM: () => {
    selection.tab = 'vehicles';
    void focusOn('moves');
  },
  KeyR: () => {
    selection.tab = 'roads';
    void focusOn('roads');
  },
  KeyT: () => {
    selection.tab = 'reports';
    void focusOn('reports');
  },
};

export function onGlobalKey(event: KeyboardEvent): void {
  sounds.allow();
  const alt = event.altKey && !event.ctrlKey && !event.metaKey ? ALT_KEYS[event.code] : undefined;
  if (alt) {
    event.preventDefault();
    alt();
    return;
  }
  const action = KEYS[event.key];
  if (action && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    if (!event.repeat) action();
    return;
  }
  if ((event.ctrlKey && event.key.toLowerCase() === 'k') || (event.key === '/' && !writesText(event.target))) {
    event.preventDefault();
    void focusOn('command-line');
    return;
  }
  if (event.key === 'Escape' && (selection.picking || selection.helpOpen || conditions.drawing)) {
    conditions.drawing = false;
    selection.picking = false;
    selection.helpOpen = false;
  }
}

export function writesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}
