// One sound for each thing that wants the crew, repeated until it is answered. Made by the browser, no file.
import { isSpeaking } from '/voice.js';

const REPEAT_MS = 2000;
// Pitches in turn; what is more grave is higher and longer.
const TUNES = {
  order: [880, 1175, 880, 1175],
  called_back: [1175, 880, 660, 880, 660],
  changed: [660, 990, 660],
  next: [523, 659],
};
let audio = null;
let timer = null;
let playing = null;

// Browsers let a page sound only after a touch or a key, unless the tablet was set up to allow it.
function wake() {
  try {
    audio ??= new AudioContext();
    audio.resume().catch(() => {});
  } catch {
    audio = null;
  }
}
wake();
for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, wake);

export const canSound = () => audio?.state === 'running';

/** Calls back when sound becomes possible or is taken away. */
export function onSound(changed) {
  audio?.addEventListener('statechange', changed);
}

export function chime(tune) {
  if (!canSound()) return;
  TUNES[tune].forEach((pitch, step) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + step * 0.22;
    tone.frequency.value = pitch;
    tone.type = 'square';
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.21);
  });
}

/** Repeats a tune until it is told another one, or none. */
export function ring(tune) {
  if (tune === playing) return;
  clearInterval(timer);
  playing = tune;
  if (tune === null) return;
  chime(tune);
  // Words are not drowned by the bell that calls for them.
  timer = setInterval(() => isSpeaking() || chime(tune), REPEAT_MS);
}
