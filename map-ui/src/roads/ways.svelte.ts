import type { Route } from '../api/types';
import { routeOfTask } from './api';

// The ways of the chosen incident's vehicles, kept for the map and for reading.
class Ways {
  byTask = $state.raw<ReadonlyMap<string, Route>>(new Map());
  private asked = 0;

  // A way that cannot be had is left out; its arrival time still stands on the task.
  async load(tasks: readonly string[]): Promise<void> {
    const ask = ++this.asked;
    const found = await Promise.all(tasks.map((task) => routeOfTask(task).then((route) => [task, route] as const).catch(() => null)));
    if (ask === this.asked) this.byTask = new Map(found.filter((it) => it !== null));
  }
}

export const ways = new Ways();
