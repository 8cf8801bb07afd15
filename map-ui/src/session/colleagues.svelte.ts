import { SvelteMap } from 'svelte/reactivity';
import { get } from '../api/http';
import type { Schemas } from '../api/types';

// Somebody unknown was added since; asking more often than this for one who stays unknown would help nobody.
const ASK_AGAIN_MILLIS = 60_000;

// The names behind the commands this seat sees.
class Colleagues {
  private readonly names = new SvelteMap<string, string>();
  private askedAt = -Infinity;

  nameOf = (person: string): string | undefined => {
    const name = this.names.get(person);
    if (name === undefined) void this.ask();
    return name;
  };

  forget(): void {
    this.names.clear();
    this.askedAt = -Infinity;
  }

  private async ask(): Promise<void> {
    const now = performance.now();
    if (now - this.askedAt < ASK_AGAIN_MILLIS) return;
    this.askedAt = now;
    const found = await get<Schemas['Colleague'][]>('/colleagues').catch(() => []);
    for (const { id, display_name } of found) this.names.set(id, display_name);
  }
}

export const colleagues = new Colleagues();
