import { get, query } from '../api/http';
import type { PlaceFound, Position, Schemas } from '../api/types';
import { selection } from '../console/selection.svelte';
import { session } from '../session/session.svelte';
import { screen } from '../i18n/language.svelte';
import { givenIn, toWgs, type Datum } from './datum';
import { COORDINATES } from './form';

// Near the centre that the seat works for, wherever the map happens to look. A seat of the whole region has no
// near: what is best known comes first.
export function seatIsNear(): Position | null {
  const centre = session.region?.centres.find(({ id }) => id === selection.ownCentre);
  return centre && !centre.regional ? centre.position : null;
}

export async function searchFor(words: string): Promise<Schemas['PlacesFound']> {
  const typed = words.trim();
  if (typed === '') return { places: [] };
  const given = givenIn(typed);
  if (given) {
    // Two bare numbers may be a receiver's or those of a map; Baidu's are never read out without its name.
    const systems: Datum[] = given.datum === null ? ['wgs', 'gcj'] : [given.datum];
    const read = await Promise.all(systems.map((it) => readAs(screen().place[it], toWgs(it, given.at))));
    return { places: fittingFirst(read) };
  }
  const near = seatIsNear();
  return get<Schemas['PlacesFound']>(query('/places', { q: typed.slice(0, 100), lon: near?.lon, lat: near?.lat }));
}

export const placesFor = (words: string): Promise<PlaceFound[]> => searchFor(words).then(({ places }) => places);

// Where one of the systems leads out of the region, the other was meant; where both fit, a person says which.
export function fittingFirst(read: readonly PlaceFound[]): PlaceFound[] {
  const fitting = read.filter(({ centre }) => centre !== '');
  return fitting.length === 1 ? fitting : [...read];
}

export const ownerOf = ({ lon, lat }: Position): Promise<string | null> =>
  get<{ centre?: string | null }>(query('/owner-centre', { lon, lat }))
    .then(({ centre }) => centre ?? null)
    .catch(() => null);

async function readAs(system: string, position: Position): Promise<PlaceFound> {
  const name = `${position.lon.toFixed(5)}, ${position.lat.toFixed(5)}`;
  return {
    name_zh: name,
    name_en: name,
    kind: COORDINATES,
    county_zh: system,
    county_en: system,
    position,
    centre: (await ownerOf(position)) ?? '',
  };
}
