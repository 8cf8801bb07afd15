import type { Position } from '../api/types';

interface Part {
  value: number;
  axis: 'lon' | 'lat' | null;
}

// A place typed as coordinates: 106.25,38.48 or 38.48N 106.25E or 北纬38°28′48″ 东经106°15′. Two bare numbers are
// longitude and latitude in the order in which maps of China issue them, unless only the other order is on the
// globe. Null when the text is anything else, an address with numbers in it above all.
export function coordinatesIn(text: string): Position | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/，|、|；|;/g, ',');
  const parts = partsOf(plain);
  if (parts?.length !== 2) return null;
  const [first, second] = parts as [Part, Part];
  if (first.axis !== null && first.axis === second.axis) return null;
  const latitudeFirst =
    first.axis === 'lat' ||
    second.axis === 'lon' ||
    (first.axis === null && second.axis === null && Math.abs(second.value) > 90);
  const [lon, lat] = latitudeFirst ? [second.value, first.value] : [first.value, second.value];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}

const MINUTES = String.raw`(?:(\d+(?:\.\d+)?)\s*[′'’分]\s*)?`;
const SECONDS = String.raw`(?:(\d+(?:\.\d+)?)\s*(?:[″"”秒]|[′'’]{2})\s*)?`;
const NUMBER = String.raw`([-+]?\d+(?:\.\d+)?)(?:\s*[°º度]\s*${MINUTES}${SECONDS})?`;
const PART = String.raw`\s*(?:(北纬|南纬|东经|西经|经度|纬度|lon|lng|lat|[NSEW])[:=]?\s*${NUMBER}|${NUMBER}\s*([NSEW])?)\s*,?`;

// Every character must belong to one of two numbers; a bare whole number is a house, not a place on the globe.
function partsOf(text: string): Part[] | null {
  const pattern = new RegExp(PART, 'giy');
  const parts: Part[] = [];
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    const part = match && (match[1] ? partOf(match[1], match.slice(2, 5)) : partOf(match[8] ?? '', match.slice(5, 8)));
    if (!part || parts.length === 2) return null;
    parts.push(part);
  }
  const marked = parts.some(({ axis }) => axis !== null) || /[°º度]/.test(text);
  return marked || /\d\.\d+.*\d\.\d+/.test(text) ? parts : null;
}

function partOf(letter: string, [degrees = '', minutes = '0', seconds = '0']: (string | undefined)[]): Part | null {
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const sign = degrees.startsWith('-') ? -1 : 1;
  const size = Math.abs(Number(degrees)) + Number(minutes) / 60 + Number(seconds) / 3600;
  const word = letter.toLowerCase();
  const negative = ['南纬', '西经', 's', 'w'].includes(word) ? -1 : 1;
  const axis = ['北纬', '南纬', '纬度', 'lat', 'n', 's'].includes(word) ? 'lat' : word === '' ? null : 'lon';
  return { value: sign * negative * size, axis };
}
