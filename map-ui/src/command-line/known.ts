import { desk } from '../console/desk.svelte';
import { picture } from '../feed/picture.svelte';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { wireWord } from '../words/translate';
import type { Known } from './reader';

export function knownNow(): Known {
  return {
    incidents: picture.state.incidents,
    vehicles: picture.state.vehicles,
    centres: session.region?.centres ?? [],
    centre: desk.ownCentre,
    selected: desk.incidentId,
    now: clock.exact(),
    translate: wireWord,
  };
}
