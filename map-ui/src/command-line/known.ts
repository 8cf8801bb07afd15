import { selection } from '../console/selection.svelte';
import { feed } from '../feed/feed.svelte';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { wireWord } from '../i18n/translate';
import type { Known } from './reader';

export function knownNow(): Known {
  return {
    incidents: feed.state.incidents,
    vehicles: feed.state.vehicles,
    centres: session.region?.centres ?? [],
    centre: selection.ownCentre,
    selected: selection.incidentId,
    now: clock.exact(),
    translate: wireWord,
  };
}
