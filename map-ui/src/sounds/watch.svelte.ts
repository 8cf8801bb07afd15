import { untrack } from 'svelte';
import { selection } from '../console/selection.svelte';
import { feed } from '../feed/feed.svelte';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { alarmsOf, HEARD_ONCE, knownAtStart, type Alarm, type AlarmKind } from './alarms';
import { sounds } from './sounds.svelte';

// Between the repeats a dispatcher can hear a caller.
const REPEAT_MILLIS = 5_000;
// So many tunes one after another; more is noise.
const TUNES_AT_ONCE = 2;

class Watch {
  // What stands and nobody at this selection has acknowledged, the gravest first.
  standing = $state.raw<readonly Alarm[]>([]);
  // What came just now and rings but once.
  passing = $state.raw<readonly AlarmKind[]>([]);
  private acknowledged: ReadonlySet<string> = new Set();
  private epoch: string | null = null;
  private since = 0;

  look(): void {
    const { link, state } = feed;
    if (!state.caughtUp && link.stage === 'connecting') return;
    if (this.since === 0) this.since = clock.now;
    const seat = {
      person: session.current?.person.id ?? '',
      since: this.since,
      lostSince: link.stage === 'lost' ? link.since : null,
      exercise: session.exercise,
    };
    const found = alarmsOf(state, seat, clock.now);
    const keys = new Set(found.map(({ key }) => key));
    // What is gone may come again, and is told again then.
    const kept = [...this.acknowledged].filter((key) => keys.has(key));
    if (state.epoch !== null && this.epoch === null) kept.push(...knownAtStart(found));
    if (state.epoch !== null) this.epoch = state.epoch;
    this.acknowledged = new Set(kept);
    this.show(found);
  }

  // One key for all that sounds: what it was about still stands on the screen.
  acknowledge(): void {
    this.acknowledged = new Set([...this.acknowledged, ...this.standing.map(({ key }) => key)]);
    this.show(this.standing);
  }

  // Who opens an incident has seen that it is new.
  opened(incident: string | null): void {
    const seen = this.standing.filter((alarm) => alarm.incident === incident && alarm.key.startsWith('new '));
    if (incident === null || seen.length === 0) return;
    this.acknowledged = new Set([...this.acknowledged, ...seen.map(({ key }) => key)]);
    this.show(this.standing);
  }

  get kinds(): AlarmKind[] {
    return [...new Set(this.standing.map(({ kind }) => kind))];
  }

  forget(): void {
    this.acknowledged = new Set();
    this.standing = [];
    this.passing = [];
    this.epoch = null;
    this.since = 0;
  }

  private show(found: readonly Alarm[]): void {
    const unheard = found.filter(({ key }) => !this.acknowledged.has(key));
    const passing = unheard.filter(({ kind }) => HEARD_ONCE.includes(kind));
    if (passing.length > 0) {
      this.acknowledged = new Set([...this.acknowledged, ...passing.map(({ key }) => key)]);
      this.passing = [...new Set(passing.map(({ kind }) => kind))];
    }
    const standing = unheard.filter((alarm) => !passing.includes(alarm));
    if (standing.map(({ key }) => key).join() !== this.standing.map(({ key }) => key).join()) this.standing = standing;
  }
}

export const watch = new Watch();

// Listens for as long as the component that calls it stands.
export function listen(): void {
  sounds.open();
  $effect(() => {
    void clock.now;
    watch.look();
  });
  $effect(() => watch.opened(selection.incidentId));
  // What is new is heard at once, and then again until it is acknowledged.
  $effect(() => {
    const { kinds } = watch;
    if (watch.standing.length === 0) return;
    const ring = () => sounds.play(kinds.slice(0, TUNES_AT_ONCE));
    ring();
    const timer = setInterval(ring, REPEAT_MILLIS);
    return () => clearInterval(timer);
  });
  // After what rings already, so that neither is lost in the other.
  $effect(() => {
    const { passing } = watch;
    untrack(() => sounds.play(passing, true));
  });
  $effect(() => () => watch.forget());
}
