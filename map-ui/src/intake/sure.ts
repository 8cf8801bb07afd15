import type { PlaceFound } from '../api/types';

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

// The place that is meant without asking: the only one found, or the only one of just this name.
export function surePlace(typed: string, found: readonly PlaceFound[]): PlaceFound | null {
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
