import type { Vehicle } from '../api/types';
import { session } from '../session/session.svelte';
import { picture } from './picture.svelte';
import { Places, type Whereabouts } from './whereabouts';

const places = $derived(new Places(session.region));

export const whereIs = (vehicle: Vehicle, now: number): Whereabouts => places.whereabouts(vehicle, picture.fleet, now);
