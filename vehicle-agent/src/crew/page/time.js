// Times as the crew reads them: the region's, as the centre says and writes them, whatever zone this device believes
// itself in. Before any centre told the zone there is no order either, and the device's own has to do.
import { languageTag } from '/words.js';

let minutesEast = null;

export function inZone(minutes) {
  minutesEast = minutes ?? null;
}

// Midnight is 00:00: the form of 24 hours writes 24:00 for it.
function written(ms, parts) {
  const zone = minutesEast === null ? {} : { timeZone: 'UTC' };
  const moment = new Date(ms + (minutesEast ?? 0) * 60_000);
  return moment.toLocaleString(languageTag(), { ...parts, ...zone, hourCycle: 'h23' });
}

export const hourAndMinute = (ms) => written(ms, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const dayAndTime = (ms) => written(ms, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
