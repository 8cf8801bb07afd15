import { zone } from './format';

// What fields of date and time issue and take ("2026-05-01T14:05") is the region's own time, like every time on
// the screen: what the computer believes of its own zone is nobody's business.
export function entered(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (!match) return NaN;
  const [year, month, day, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const asIfGreenwich = Date.UTC(year, month - 1, day, hours, minutes, seconds || 0);
  // The 31st of February is no day, though a calendar would count on from it.
  if (new Date(asIfGreenwich).getUTCDate() !== day || hours > 23 || minutes > 59) return NaN;
  return asIfGreenwich - zone.minutesEast * 60_000;
}

// The same moment as a field of date and time takes it, to the minute.
export const forEntry = (millis: number): string =>
  new Date(millis + zone.minutesEast * 60_000).toISOString().slice(0, 16);
