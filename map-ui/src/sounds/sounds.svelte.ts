export type Sound = 'new_incident' | 'sos' | 'crew_report' | 'overdue';

// Pitch in hertz and length in seconds, one tune for each kind of event.
const TUNES: Record<Sound, readonly (readonly [number, number])[]> = {
  new_incident: [[880, 0.14], [1175, 0.2]],
  sos: [[1400, 0.18], [700, 0.18], [1400, 0.18], [700, 0.18], [1400, 0.18], [700, 0.3]],
  crew_report: [[1000, 0.12], [1000, 0.12], [600, 0.35]],
  overdue: [[440, 0.22]],
};
const ALWAYS_HEARD: readonly Sound[] = ['new_incident', 'sos', 'crew_report'];

class Sounds {
  muted = $state(false);
  private context: AudioContext | null = null;

  toggle(): void {
    this.muted = !this.muted;
  }

  play(sound: Sound): void {
    if (this.muted && !ALWAYS_HEARD.includes(sound)) return;
    try {
      this.context ??= new AudioContext();
      let at = this.context.currentTime + 0.02;
      for (const [pitch, seconds] of TUNES[sound]) {
        this.note(this.context, pitch, at, seconds);
        at += seconds;
      }
    } catch {
      // No sound device: the screen says the same.
    }
  }

  private note(context: AudioContext, pitch: number, at: number, seconds: number): void {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.25, at + 0.01);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}

export const sounds = new Sounds();
