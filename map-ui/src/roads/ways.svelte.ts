import type { Route } from '../api/types';
import { routeOfTask } from './api';
import type { Wanted } from './ways';

// The ways of vehicles under way, kept for the map and for reading.
class Ways {
  byTask = $state.raw<ReadonlyMap<string, Route>>(new Map());
  private wanted: readonly Wanted[] = [];
  private readonly known = new Map<string, { goal: string; route: Route }>();
  private readonly asked = new Set<string>();

  // Asks for ways that are not known, and for those to be had anew. A way that cannot be had is left out; its arrival
  // time still stands on the task.
  async load(wanted: readonly Wanted[], anew: (way: Wanted) => boolean = () => false): Promise<void> {
    this.wanted = wanted;
    this.show();
    const missing = wanted.filter(
      (way) => !this.asked.has(way.task) && (anew(way) || this.known.get(way.task)?.goal !== way.goal),
    );
    if (missing.length === 0) return;
    await Promise.all(missing.map((way) => this.ask(way)));
    this.show();
  }

  private async ask({ task, goal }: Wanted): Promise<void> {
    this.asked.add(task);
    const route = await routeOfTask(task).catch(() => null);
    this.asked.delete(task);
    if (route) this.known.set(task, { goal, route });
    else this.known.delete(task);
  }

  private show(): void {
    const wanted = new Set(this.wanted.map(({ task }) => task));
    for (const task of this.known.keys()) if (!wanted.has(task)) this.known.delete(task);
    this.byTask = new Map([...this.known].map(([task, { route }]) => [task, route]));
  }
}

export const ways = new Ways();
