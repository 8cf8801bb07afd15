import { picture } from '../feed/picture.svelte';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { noticeable, soundsBetween, type Heard } from './events';
import { sounds } from './sounds.svelte';

// Listens for as long as the component that calls it stands. A fresh picture makes no sound.
export function listen(): void {
  let before: Heard | null = null;
  let epoch: string | null = null;
  $effect(() => {
    const after = noticeable(picture.state, clock.now);
    if (before && epoch === picture.state.epoch) for (const sound of soundsBetween(before, after, takenHere())) sounds.play(sound);
    before = after;
    epoch = picture.state.epoch;
  });
}

// A call that was taken at this desk needs no bell.
function takenHere(): ReadonlySet<string> {
  const own = [...picture.state.incidents.values()].filter(({ acceptances }) => {
    const by = acceptances[0]?.taken_by;
    return by?.by === 'person' && by.person === session.current?.person.id;
  });
  return new Set(own.map(({ id }) => id));
}
