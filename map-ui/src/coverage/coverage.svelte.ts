import { get, problemFrom, query } from '../api/http';
import type { Problem } from '../api/types';
import { selection } from '../console/selection.svelte';
import { session } from '../session/session.svelte';
import type { Coverage } from './levels';

// Vehicles become free and busy within minutes, and each answer is worked out anew by the server.
const REFRESH_MILLIS = 20_000;

const coverageOf = (centre: string): Promise<Coverage> => get(query('/coverage', { centre }));

// How the ground of the centres in view is covered now; looked for only while somebody looks at it.
class CoverageShown {
  on = $state(false);
  views = $state.raw<readonly Coverage[]>([]);
  problem = $state.raw<Problem | null>(null);
  private asked = 0;

  toggle(): void {
    this.on = !this.on;
    if (!this.on) this.forget();
  }

  // Looks again and again until the returned function is called.
  follow(centres: readonly string[]): () => void {
    this.views = this.views.filter(({ centre }) => centres.includes(centre));
    void this.load(centres);
    const timer = setInterval(() => void this.load(centres), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }

  async load(centres: readonly string[]): Promise<void> {
    const ask = ++this.asked;
    try {
      const views = await Promise.all(centres.map(coverageOf));
      if (ask !== this.asked) return;
      this.views = views;
      this.problem = null;
    } catch (error) {
      // What was last known stays, with the time it is of.
      if (ask === this.asked) this.problem = problemFrom(error);
    }
  }

  forget(): void {
    this.asked += 1;
    this.views = [];
    this.problem = null;
  }
}

export const coverageShown = new CoverageShown();

// The centres that the selection looks at and that have vehicles of their own: the regional one has none.
export function coveredCentres(): string[] {
  const inView = selection.centre === '' ? (session.current?.sees ?? []) : [selection.centre];
  return inView.filter((id) => session.region?.stations.some(({ centre }) => centre === id));
}
