import type { Centre, PlaceFound } from '../api/types';

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

// Every town has its 解放街, and a list that has one of them has not the others.
const OF_ONE_TOWN: readonly string[] = ['street', 'neighbourhood', 'crossing'];
// Who names two roads means where they meet, and neither of them.
const OF_TWO_ROADS = /[街路道巷线速](与|和|跟|同|及|交|、|\/|&|\+)|交叉|交汇/;

// Who asks: a centre, and those there are.
export interface Asking {
  centre: string;
  centres: readonly Centre[];
}

// A street of another town is meant only where its town is named: 固原, 固原市, 原州, yuanzhou.
function isOfAnotherTown(typed: string, { kind, centre, county_zh, county_en }: PlaceFound, asking: Asking): boolean {
  if (!OF_ONE_TOWN.includes(kind) || centre === asking.centre) return false;
  const of = asking.centres.find(({ id }) => id === centre);
  const towns = [county_zh, of?.name_zh ?? ''].map((name) => plain(name).slice(0, 2));
  const latin = [county_en, of?.name_en ?? ''].map((name) => plain(name.split(' ')[0] ?? ''));
  return ![...towns, ...latin].some((town) => town.length >= 2 && plain(typed).includes(town));
}

// The place that is meant without asking: the only one found, or the only one of just this name.
export function surePlace(typed: string, found: readonly PlaceFound[], asking: Asking): PlaceFound | null {
  const place = onlyPlace(typed, found);
  if (!place || isOfAnotherTown(typed, place, asking)) return null;
  return place.kind === 'street' && OF_TWO_ROADS.test(typed) ? null : place;
}

function onlyPlace(typed: string, found: readonly PlaceFound[]): PlaceFound | null {
  const [first, second] = found;
  if (!first) return null;
  if (!second) return first;
  const wanted = plain(typed);
  const named = (place: PlaceFound): boolean =>
    [place.name_zh, place.name_en].some((name) => name !== '' && plain(name) === wanted);
  const same = found.filter(named);
  if (same.length === 1) return same[0] ?? null;
  if (same.length > 1) return null;
  // 银川火车站北出口: the only name that the words hold whole, and go on from.
  const held = found.filter(({ name_zh }) => plain(name_zh).length >= 3 && wanted.includes(plain(name_zh)));
  const longest = held.filter((place) =>
    held.every(({ name_zh }) => plain(place.name_zh).length >= plain(name_zh).length),
  );
  return longest.length === 1 ? (longest[0] ?? null) : null;
}
