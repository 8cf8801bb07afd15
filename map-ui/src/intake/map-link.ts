import type { Position } from '../api/types';
import type { Given } from './datum';

// Links by which maps share a place, each with its system and the order of its numbers. A short link (surl.amap.com,
// j.map.baidu.com) says nothing without the internet, and is no place here.
interface Maker {
  link: RegExp;
  // The first that finds two numbers, or the two in fields of their own.
  place: (fields: Fields, path: string) => Position | null;
  datum: (fields: Fields) => Given['datum'];
}
type Fields = ReadonlyMap<string, string>;

const PAIR = /(-?\d+(?:\.\d+)?)\s*[,，]\s*(-?\d+(?:\.\d+)?)/;

const lonFirst = (text: string | undefined): Position | null => within(PAIR.exec(text ?? ''), 1, 2);
const latFirst = (text: string | undefined): Position | null => within(PAIR.exec(text ?? ''), 2, 1);

function within(match: RegExpExecArray | null, lonAt: number, latAt: number): Position | null {
  if (!match) return null;
  const [lon, lat] = [Number(match[lonAt]), Number(match[latAt])];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}

const apart = (fields: Fields, lat: string, lon: string): Position | null => {
  const [north, east] = [fields.get(lat), fields.get(lon)];
  return north === undefined || east === undefined ? null : latFirst(`${north},${east}`);
};

const MAKERS: Maker[] = [
  // RFC 5870: latitude first, WGS-84 unless it says otherwise. Some write 0,0 and the place in `q`.
  {
    link: /^geo:/i,
    place: (fields, path) => [latFirst(path), latFirst(fields.get('q'))].find((at) => at && (at.lat || at.lon)) ?? null,
    datum: () => 'wgs',
  },
  {
    link: /^(?:https?:\/\/(?:[\w-]+\.)*(?:amap|gaode)\.com\/|(?:ios|android)?amap(?:uri)?:\/\/)/i,
    place: (fields) =>
      lonFirst(fields.get('position')) ??
      lonFirst(fields.get('to')) ??
      apart(fields, 'lat', 'lon') ??
      apart(fields, 'dlat', 'dlon') ??
      latFirst(fields.get('q')) ??
      // ?p=id,latitude,longitude,name
      latFirst(fields.get('p')?.replace(/^[^,]*,/, '')),
    // `dev=1` and `coordinate=wgs84` say that the place is a receiver's.
    datum: (fields) => (fields.get('dev') === '1' || fields.get('coordinate') === 'wgs84' ? 'wgs' : 'gcj'),
  },
  {
    link: /^(?:https?:\/\/api\.map\.baidu\.com\/|(?:bdapp|baidumap):\/\/)/i,
    place: (fields) =>
      latFirst(fields.get('location')) ?? latFirst(fields.get('destination')) ?? latFirst(fields.get('center')),
    datum: (fields) => {
      const type = fields.get('coord_type') ?? 'bd09ll';
      if (type === 'wgs84') return 'wgs';
      if (type === 'gcj02') return 'gcj';
      // Metres of Baidu's own projection are no degrees.
      return type === 'bd09ll' ? 'bd' : null;
    },
  },
  {
    link: /^(?:https?:\/\/(?:[\w-]+\.)*map\.qq\.com\/|qqmap:\/\/)/i,
    place: (fields) =>
      latFirst(fields.get('marker')?.replace(/^.*coord:/, '')) ??
      latFirst(fields.get('tocoord')) ??
      latFirst(fields.get('coord')) ??
      latFirst(fields.get('center')),
    datum: (fields) => (fields.get('coord_type') === '1' ? 'wgs' : 'gcj'),
  },
  {
    link: /^https?:\/\/(?:www\.)?openstreetmap\.org\//i,
    place: (fields, path) =>
      apart(fields, 'mlat', 'mlon') ?? within(/#map=\d+\/(-?[\d.]+)\/(-?[\d.]+)/.exec(path), 2, 1),
    datum: () => 'wgs',
  },
];

// A link that somebody sent and that was pasted, with words before or behind it.
export function linkIn(text: string): Given | null {
  const [link] = /(?:geo:|[a-z]+:\/\/)\S+/i.exec(text.trim()) ?? [];
  const maker = link === undefined ? undefined : MAKERS.find((it) => it.link.test(link));
  if (!link || !maker) return null;
  const fields = fieldsOf(link);
  const at = maker.place(fields, link);
  const datum = maker.datum(fields);
  return at && datum && { at, datum };
}

function fieldsOf(link: string): Fields {
  const query = link.replace(/^[^?]*\??/, '').replace(/#.*$/, '');
  return new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
}
