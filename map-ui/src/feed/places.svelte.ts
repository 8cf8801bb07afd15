import type { Vehicle } from '../api/types';
import { session } from '../session/session.svelte';
import { feed } from './feed.svelte';
import { Places, type Whereabouts } from './whereabouts';

const places = $derived(new Places(session.region));

export const whereIs = (vehicle: Vehicle, now: number): Whereabouts => places.whereabouts(vehicle, feed.fleet, now);
