import { selection } from '../console/selection.svelte';
import { session } from '../session/session.svelte';
import type { Asking } from './sure';

/** The centre of this seat, for which a place is looked up. */
export const asking = (): Asking => ({
  centre: selection.ownCentre,
  centres: session.region?.centres ?? [],
});
