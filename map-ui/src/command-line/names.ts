import type { Centre, Incident, Vehicle } from '../api/types';

interface Numbered {
  incidents: ReadonlyMap<string, Incident>;
  centres: readonly Centre[];
  centre: string;
}

// `12` or `#12` is the own centre's incident when there is one, else anybody's; `yinchuan-12` and `YC-12` are exact.
export function incidentsCalled(word: string, { incidents, centres, centre }: Numbered): Incident[] {
  const name = word.replace(/^#/, '').toLowerCase();
  const code = name.slice(0, Math.max(0, name.lastIndexOf('-')));
  const coded = centres.find((it) => it.code.toLowerCase() === code);
  const exact = incidents.get(name) ?? incidents.get(`${coded?.id}-${name.slice(code.length + 1)}`);
  if (exact) return [exact];
  // After a set-back of the journal a number says so: `12r1`.
  if (!/^\d+(r\d+)?$/.test(name)) return [];
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

// What people say for an incident: `#12`, or `YC-12` where several centres are in view and `#12` could be any of them.
export function shortNumber(incidentId: string, centresInView: readonly Centre[]): string {
  const cut = incidentId.lastIndexOf('-');
  const number = incidentId.slice(cut + 1);
  if (centresInView.length < 2) return `#${number}`;
  return `${centresInView.find(({ id }) => id === incidentId.slice(0, cut))?.code ?? incidentId.slice(0, cut)}-${number}`;
}
