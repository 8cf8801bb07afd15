import type { AlarmKind } from './alarms';
import { MUTABLE, QUIET, TUNES } from './tunes';

const LOUD = 0.25;
const SOFT = 0.1;

class Sounds {
  muted = $state(false);
  // The browser lets no page sound that nobody has touched yet: after a reload the selection is deaf until then.
  blocked = $state(false);
  private context: AudioContext | null = null;
  // When the last tune that was begun ends, by the clock of the sound device.
  private endsAt = 0;

  toggle(): void {
    this.muted = !this.muted;
  }

  // Whoever sits down next hears every alarm, whatever the one before had silenced.
  forget(): void {
    this.muted = false;
  }

  // Made as the selection opens, so that a browser which forbids sound is noticed before the first alarm.
  open(): void {
    try {
      this.context ??= new AudioContext();
      const look = () => (this.blocked = this.context?.state === 'suspended');
      this.context.onstatechange = look;
      look();
    } catch {
      // No sound device: the screen says the same.
      this.context = null;
    }
  }

  // Any key or click is enough.
  allow(): void {
    this.open();
    if (this.context?.state === 'suspended') void this.context.resume().catch(() => undefined);
  }

  // One tune after the other; `after` lets what sounds already end first.
  play(kinds: readonly AlarmKind[], after = false): void {
    const { context } = this;
    if (context?.state !== 'running') return;
    let at = Math.max(context.currentTime + 0.02, after ? this.endsAt : 0);
    for (const kind of kinds.filter((it) => !this.muted || !MUTABLE.includes(it))) {
      for (const [pitch, seconds] of TUNES[kind]) {
        if (pitch > 0) this.note(context, pitch, at, seconds, QUIET.includes(kind) ? SOFT : LOUD);
        at += seconds;
      }
      at += 0.25;
    }
    this.endsAt = at;
  }

  private note(context: AudioContext, pitch: number, at: number, seconds: number, loud: number): void {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loud, at + 0.01);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}

export const sounds = new Sounds();
