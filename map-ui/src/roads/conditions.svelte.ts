import { problemFrom } from '../api/http';
import type { Position, Problem, RoadCondition } from '../api/types';
import { clock } from '../time/clock.svelte';
import { conditionsNow, drawCondition, endCondition } from './api';
import { blankDraft, requestOf, withCorner } from './draft';

// Others draw too; what they drew is seen within this.
const REFRESH_MILLIS = 15_000;

class Conditions {
  now = $state.raw<RoadCondition[]>([]);
  problem = $state.raw<Problem | null>(null);
  draft = $state(blankDraft());
  // Whether clicks on the map are corners.
  drawing = $state(false);

  // Looks again and again until the returned function is called.
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => void this.load(), REFRESH_MILLIS);
    return () => clearInterval(timer);
  }

  async load(): Promise<void> {
    try {
      this.now = await conditionsNow();
    } catch {
      // What was last known stays on the map; the link's own banner tells that the server is away.
    }
  }

  addCorner(position: Position): void {
    this.draft.area = withCorner(this.draft.area, position);
  }

  clear(): void {
    this.draft = blankDraft();
    this.drawing = false;
  }

  async publish(): Promise<void> {
    if (await this.attempt(() => drawCondition(requestOf($state.snapshot(this.draft), clock.exact())))) this.clear();
  }

  async end(id: string): Promise<void> {
    await this.attempt(() => endCondition(id));
  }

  private async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.problem = null;
    try {
      await work();
      await this.load();
      return true;
    } catch (error) {
      this.problem = problemFrom(error);
      return false;
    }
  }
}

export const conditions = new Conditions();
