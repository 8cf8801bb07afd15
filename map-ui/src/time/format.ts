// Every console shows the region's own time, whatever the computer it runs on believes.
export interface Zone {
  minutesEast: number;
}

export const zone: Zone = { minutesEast: 480 };

// Total: a moment that no calendar has (a broken terminal's) shows as dashes and never breaks a panel.
export function clockTime(millis: number): string {
  return local(millis)?.slice(11, 19) ?? '--:--:--';
}

export function dayTime(millis: number): string {
  const text = local(millis);
  return text ? `${text.slice(5, 10)} ${text.slice(11, 16)}` : '----- --:--';
}

export function date(millis: number): string {
  return local(millis)?.slice(0, 10) ?? '----------';
}

// 65 -> "1:05", 3725 -> "1:02:05".
export function span(seconds: number): string {
  // Beyond a century it is no span but a broken clock.
  if (!(Math.abs(seconds) < 3.2e9)) return '--:--';
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

// "14:05" or "14:05:30", also as a Chinese input method writes it (１４：０５): on the day of `near`, the day before
// when that would lie in the future.
export function parseClock(text: string, near: number): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.normalize('NFKC').trim());
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const midnight = Math.floor((near + zone.minutesEast * 60_000) / 86_400_000) * 86_400_000;
  const at = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 - zone.minutesEast * 60_000;
  return at > near + 60_000 ? at - 86_400_000 : at;
}

// The region's time as "2026-11-28T14:05:30.000Z"; null outside of the years 0 to 9999.
function local(millis: number): string | null {
  const moment = new Date(millis + zone.minutesEast * 60_000);
  const year = moment.getUTCFullYear();
  return year >= 0 && year <= 9999 ? moment.toISOString() : null;
}
