import { problemFrom } from '../api/http';
import type { Problem } from '../api/types';
import { collection } from '../map/features';
import { overlays } from '../map/overlays.svelte';
import { view } from '../map/view.svelte';
import { fill } from '../i18n/fill';
import { screen } from '../i18n/language.svelte';
import { reachOf, type Origin } from './api';
import { reachFeatures, windowOf, type Reach } from './isochrone';

// How far one gets from one station or vehicle; one at a time lies on the map.
class ReachShown {
  name = $state<string | null>(null);
  found = $state.raw<Reach | null>(null);
  problem = $state.raw<Problem | null>(null);
  private asked = 0;

  async show(name: string, origin: Origin): Promise<void> {
    this.hide();
    const ask = ++this.asked;
    this.name = name;
    try {
      const found = await reachOf(origin);
      if (ask !== this.asked) return;
      this.found = found;
      overlays.reach = reachFeatures(found, (n) => fill(screen().roads.minutes, { n }));
      const window = windowOf(found);
      if (window) view.fitTo(window);
    } catch (error) {
      if (ask === this.asked) this.problem = problemFrom(error);
    }
  }

  toggle(name: string, origin: Origin): void {
    if (this.name === name) this.hide();
    else void this.show(name, origin);
  }

  hide(): void {
    this.asked += 1;
    this.name = null;
    this.found = null;
    this.problem = null;
    overlays.reach = collection([]);
  }
}

export const reachShown = new ReachShown();
