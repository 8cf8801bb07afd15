import { get, problemFrom, query } from '../api/http';
import { conditions } from '../roads/conditions.svelte';
import type { Candidate, Position, Problem, Recommendation } from '../api/types';
import { Twice } from '../commands/twice.svelte';
import { feed } from '../feed/feed.svelte';
import { RENEW_EVERY_MILLIS } from './moved';

// After this a ranking is called old. It is never changed under the finger: the person asks for a new one.
export const OLD_AFTER_SECONDS = 20;
// An Enter pressed twice for the form must not fall through to the first vehicle.
const ENTER_GUARD_MILLIS = 400;

class Ranking {
  current = $state.raw<Recommendation | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  chosen = $state<string[]>([]);
  // A vehicle that must be taken from another patient wants a second press.
  readonly twice = new Twice();
  // Two vehicles whose order is being explained.
  compared = $state.raw<readonly [string, string] | null>(null);
  // Whether vehicles of other centres are asked for too.
  others = $state(false);
  // Whether vehicles farther than the last one listed are asked for too.
  all = false;
  // What lay over the roads when it was made.
  roads = '';
  // Where its first stood.
  firstAt: Position | null = null;
  private shownAt = 0;
  private asked = 0;

  async load(incident: string): Promise<void> {
    const ask = ++this.asked;
    this.loading = true;
    this.problem = null;
    try {
      const answer = await get<Recommendation>(
        query('/recommendations', { incident, mutual_aid: this.others ? 'true' : null, all: this.all ? 'true' : null }),
      );
      if (ask !== this.asked) return;
      this.current = answer;
      this.roads = roadsNow();
      this.firstAt = standsAt(answer.candidates[0]?.vehicle);
      this.shownAt = performance.now();
    } catch (error) {
      if (ask === this.asked) this.problem = problemFrom(error);
    } finally {
      if (ask === this.asked) this.loading = false;
    }
  }

  forget(): void {
    this.asked += 1;
    this.current = null;
    this.problem = null;
    this.chosen = [];
    this.twice.forget();
    this.all = false;
    this.compared = null;
  }

  // The first against the named one; the first itself against the second.
  explain(vehicle: string): void {
    const [first, next] = this.current?.candidates ?? [];
    if (first && next) this.compared = [first.vehicle, vehicle === first.vehicle ? next.vehicle : vehicle];
  }

  choose(vehicle: string): void {
    this.chosen = this.chosen.includes(vehicle)
      ? this.chosen.filter((it) => it !== vehicle)
      : [...this.chosen, vehicle];
  }

  tooSoonToRenew(): boolean {
    return performance.now() - this.shownAt < RENEW_EVERY_MILLIS;
  }

  tooSoonForEnter(): boolean {
    return performance.now() - this.shownAt < ENTER_GUARD_MILLIS;
  }

  // True when the vehicle may go at this press.
  confirmed({ vehicle, taken_from_task }: Candidate): boolean {
    return !taken_from_task || this.twice.confirms(vehicle);
  }
}

// Where a vehicle was last measured; null when it has no fix.
export function standsAt(id: string | undefined): Position | null {
  const slot = feed.state.vehicles.get(id ?? '')?.slot;
  return slot !== undefined && feed.fleet.has(slot) ? feed.fleet.position(slot) : null;
}

// The road conditions known here, as one word to compare.
export const roadsNow = (): string =>
  conditions.now
    .map(({ id }) => id)
    .sort()
    .join();

export const ranking = new Ranking();
