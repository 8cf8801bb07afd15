// The tablet's own battery, where the browser tells it.
import { say } from '/words.js';

const LOW = 0.2;
let battery = null;

/** Calls back whenever the battery is another. */
export async function onBattery(changed) {
  battery = (await navigator.getBattery?.().catch(() => null)) ?? null;
  if (!battery) return;
  for (const news of ['levelchange', 'chargingchange']) battery.addEventListener(news, changed);
  changed();
}

/** Its words and whether it runs out; `null` while nobody knows. A full one on the mains needs no words. */
export function batteryInWords() {
  if (!battery || (battery.charging && battery.level > LOW)) return null;
  const n = Math.round(battery.level * 100);
  return { isLow: battery.level <= LOW, text: say(battery.charging ? 'battery_charging' : 'battery', { n }) };
}
