import type { Incident, Vehicle } from '../api/types';

interface Numbered {
  incidents: ReadonlyMap<string, Incident>;
  centre: string;
}

// `12` or `#12` is the own centre's incident when there is one, else anybody's; `yinchuan-12` is exact.
export function incidentsCalled(word: string, { incidents, centre }: Numbered): Incident[] {
  const name = word.replace(/^#/, '').toLowerCase();
  const exact = incidents.get(name);
  if (exact) return [exact];
  if (!/^\d+$/.test(name)) return [];
  const own = incidents.get(`${centre}-${name}`);
  if (own) return [own];
  return [...incidents.values()].filter(({ id }) => id.endsWith(`-${name}`));
}

// By id, call sign or plate, whole or (for plates) by the digits at the end.
export function vehiclesCalled(word: string, vehicles: ReadonlyMap<string, Vehicle>): Vehicle[] {
  const exact = vehicles.get(word.toUpperCase());
  if (exact) return [exact];
  const name = word.toLowerCase();
  const all = [...vehicles.values()];
  const whole = all.filter(({ id, call_sign, plate }) => [id, call_sign, plate].some((it) => it.toLowerCase() === name));
  if (whole.length > 0) return whole;
  return /^\d{4,}$/.test(name) ? all.filter(({ plate }) => plate.endsWith(name)) : [];
}

// What people say for an incident: its number without the centre.
export const shortNumber = (incidentId: string): string => `#${incidentId.slice(incidentId.lastIndexOf('-') + 1)}`;
