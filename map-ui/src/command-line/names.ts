import type { Centre, Incident, Vehicle } from '../api/types';

interface Numbered {
  incidents: ReadonlyMap<string, Incident>;
  centres: readonly Centre[];
  centre: string;
}

// One way of writing: full width as half width, small letters.
export const plain = (word: string): string => word.normalize('NFKC').trim().toLowerCase();

// After a set-back of the journal a number says so: `12r1`.
const NUMBER = /^\d+(r\d+)?$/;

// `12` or `#12` is the own centre's incident when there is one, else anybody's; `yinchuan-12`, `YC-12` and 银川12 are exact.
export function incidentsCalled(word: string, { incidents, centres, centre }: Numbered): Incident[] {
  const name = plain(word).replace(/^#/, '');
  const whole = incidents.get(name);
  if (whole) return [whole];
  const [, of = '', number = ''] = /^(.*?)-?(\d+(?:r\d+)?)$/.exec(name) ?? [];
  if (of !== '') {
    const found = centresCalled(of, centres).flatMap(({ id }) => incidents.get(`${id}-${number}`) ?? []);
    return found.length > 0 ? found : [incidents.get(`${of}-${number}`)].filter((it) => it !== undefined);
  }
  if (!NUMBER.test(name)) return [];
  const own = incidents.get(`${centre}-${name}`);
  if (own) return [own];
  return [...incidents.values()].filter(({ id }) => id.endsWith(`-${name}`));
}

// Whether a word was meant for an incident's number, also a wrong or a half one: it then never stands for something else.
export function looksLikeNumber(word: string, centres: readonly Centre[]): boolean {
  const name = plain(word);
  if (name.startsWith('#') || /^[a-z_-]*\d+(r\d*)?[.-]?$/.test(name)) return true;
  const of = name.replace(/-?(\d+(r\d*)?)?$/, '');
  return (
    of !== '' &&
    (name.includes('-') || of === name || /\d$/.test(name)) &&
    centresCalled(of, centres).length > 0 &&
    !(of === name && /\p{Script=Han}/u.test(name))
  );
}

const centresCalled = (of: string, centres: readonly Centre[]): Centre[] =>
  centres.filter(
    ({ id, code, name_zh }) =>
      id.toLowerCase() === of || code.toLowerCase() === of || (of.length >= 2 && name_zh.startsWith(of)),
  );

// By id, call sign or plate, whole, without its hyphens (yc104), or (for plates) by the digits at the end.
export function vehiclesCalled(word: string, vehicles: ReadonlyMap<string, Vehicle>): Vehicle[] {
  const name = plain(word);
  const exact = vehicles.get(name.toUpperCase());
  if (exact) return [exact];
  const all = [...vehicles.values()];
  const whole = all.filter(({ id, call_sign, plate }) => [id, call_sign, plate].some((it) => plain(it) === name));
  if (whole.length > 0) return whole;
  const joined = compact(name);
  if (/\d/.test(joined) && /^[a-z]/.test(joined)) {
    const found = all.filter(({ id }) => compact(plain(id)) === joined);
    if (found.length > 0) return found;
  }
  return /^\d{4,}$/.test(name) ? all.filter(({ plate }) => plate.endsWith(name)) : [];
}

const compact = (name: string): string => name.replace(/[-_\s]/g, '');

// What people say for an incident: `#12`, or `YC-12` where several centres are in view and `#12` could be any of them.
export function shortNumber(incidentId: string, centresInView: readonly Centre[]): string {
  const cut = incidentId.lastIndexOf('-');
  const number = incidentId.slice(cut + 1);
  if (centresInView.length < 2) return `#${number}`;
  return `${centresInView.find(({ id }) => id === incidentId.slice(0, cut))?.code ?? incidentId.slice(0, cut)}-${number}`;
}
