// One sound: a new order, repeated until the crew acknowledges it. Made by the browser, no file.
const REPEAT_MS = 2000;
let audio = null;
let timer = null;

// Browsers let a page sound only after a touch.
addEventListener("pointerdown", () => {
  audio ??= new AudioContext();
  audio.resume();
});

export const canSound = () => audio?.state === "running";

function chime() {
  if (!canSound()) return;
  [880, 1175, 880, 1175].forEach((pitch, step) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + step * 0.22;
    tone.frequency.value = pitch;
    tone.type = "square";
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.21);
  });
}

export function ring(on) {
  if (on && timer === null) {
    chime();
    timer = setInterval(chime, REPEAT_MS);
  } else if (!on && timer !== null) {
    clearInterval(timer);
    timer = null;
  }
}
