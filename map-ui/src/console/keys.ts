import { picture } from '../feed/picture.svelte';
import { conditions } from '../roads/conditions.svelte';
import { jumpInQueue } from '../queue/jump';
import { sounds } from '../sounds/sounds.svelte';
import { watch } from '../sounds/watch.svelte';
import { desk } from './desk.svelte';
import { reach } from './reach';

type Act = () => void;

const KEYS: Record<string, Act> = {
  F1: () => (desk.helpOpen = !desk.helpOpen),
  F2: () => {
    desk.intakeOpen = true;
    void reach('intake');
  },
  F3: () => (desk.picking = !desk.picking),
  F4: () => {
    if (!desk.incidentId) return;
    desk.openIncident(desk.incidentId, true);
    void reach('rank');
  },
  F6: () => void reach('queue'),
  F7: () => {
    desk.tab = 'incident';
    void reach('incident');
  },
  F8: () => {
    desk.tab = 'vehicles';
    void reach('board');
  },
  F9: () => {
    desk.tab = 'log';
    void reach('log');
  },
  F10: () => void reach('map'),
};

// With Alt, by the key's place, since Alt may change the letter that comes.
const ALT_KEYS: Record<string, Act> = {
  KeyA: () => watch.acknowledge(),
  KeyS: () => {
    const calling = [...picture.state.vehicles.values()].find(({ sos_since }) => sos_since);
    if (!calling) return;
    desk.openVehicle(calling.id);
    void reach('board');
  },
  ArrowUp: () => jumpInQueue('up'),
  ArrowDown: () => jumpInQueue('down'),
  KeyR: () => {
    desk.tab = 'roads';
    void reach('roads');
  },
  KeyT: () => {
    desk.tab = 'reports';
    void reach('reports');
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
  const act = KEYS[event.key];
  if (act && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    if (!event.repeat) act();
    return;
  }
  if ((event.ctrlKey && event.key.toLowerCase() === 'k') || (event.key === '/' && !writesText(event.target))) {
    event.preventDefault();
    void reach('command-line');
    return;
  }
  if (event.key === 'Escape' && (desk.picking || desk.helpOpen || conditions.drawing)) {
    conditions.drawing = false;
    desk.picking = false;
    desk.helpOpen = false;
  }
}

export function writesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}
