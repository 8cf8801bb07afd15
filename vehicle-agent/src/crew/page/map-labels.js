// Names on the map, the most important first; one that would lie over another is left out.
import { sees } from '/map-view.js';

const FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif";
// From which scale a kind of place is named (pixels a degree), and how large.
const PLACES = [
  ['county_seat', 120, 20, 'ink'],
  ['town', 2200, 17, 'ink'],
  ['transport', 12_000, 15, 'dim'],
  ['landmark', 14_000, 15, 'dim'],
  ['neighbourhood', 14_000, 15, 'dim'],
  ['village', 6000, 15, 'dim'],
];
const STREETS_FROM = 14_000;
const NUMBERS_FROM = 700;
const MOST = 40;
const GAP = 6;

/** Boxes on the canvas that are taken: [left, top, right, bottom]. */
export function takenBoxes() {
  const boxes = [];
  return {
    isFree: ([left, top, right, bottom]) =>
      boxes.every(([l, t, r, b]) => right < l - GAP || left > r + GAP || bottom < t - GAP || top > b + GAP),
    take: (box) => boxes.push(box),
  };
}

/** Text with an edge in the colour of the ground, so that it is read over any line. */
export function paintText(context, text, x, y, size, colour, edge, weight = 600) {
  context.font = `${weight} ${size}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = edge;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

export function textBox(context, text, x, y, size, weight = 600) {
  context.font = `${weight} ${size}px ${FONT}`;
  const half = context.measureText(text).width / 2;
  return [x - half, y - size / 2, x + half, y + size / 2];
}

/** Names of places, roads and their numbers; `language` is 0 for Chinese and 1 for English. */
export function paintNames(context, view, map, roads, language, taken, colours) {
  const isInside = ([left, top, right, bottom]) => left > 0 && top > 0 && right < view.width && bottom < view.height;
  let painted = 0;
  const paint = (text, x, y, size, colour) => {
    if (!text || painted >= MOST) return;
    const box = textBox(context, text, x, y, size);
    if (!isInside(box) || !taken.isFree(box)) return;
    taken.take(box);
    painted += 1;
    paintText(context, text, x, y, size, colour, colours.ground);
  };
  const places = map.names.filter(({ layer, lon, lat }) => layer === 'place' && sees(view, [lon, lat, lon, lat]));
  for (const [wanted, from, size, colour] of PLACES) {
    if (view.scale < from) continue;
    for (const { kind, names, lon, lat } of places)
      if (kind === wanted) paint(names[language], view.x(lon), view.y(lat), size, colours[colour]);
  }
  const isNumbered = ({ roadClass, ref }) => ref && ['motorway', 'trunk', 'primary'].includes(roadClass);
  for (const road of [...roads].reverse()) {
    const number = isNumbered(road) ? road.ref : '';
    const words = view.scale >= STREETS_FROM ? road.names[language] : '';
    if (number ? view.scale < NUMBERS_FROM : !words) continue;
    const at = middleSeen(view, road.points);
    if (at) paint(number || words, ...at, number ? 15 : 14, colours.dim);
  }
  return painted;
}

// The middle of its longest piece that is seen.
function middleSeen(view, points) {
  let best = null;
  let longest = 0;
  for (let index = 0; index + 3 < points.length; index += 2) {
    const [x, y] = [view.x(points[index]), view.y(points[index + 1])];
    const [x2, y2] = [view.x(points[index + 2]), view.y(points[index + 3])];
    const [left, right] = [Math.max(0, Math.min(x, x2)), Math.min(view.width, Math.max(x, x2))];
    const [top, bottom] = [Math.max(0, Math.min(y, y2)), Math.min(view.height, Math.max(y, y2))];
    if (left > right || top > bottom) continue;
    const length = Math.hypot(right - left, bottom - top);
    if (length > longest) {
      longest = length;
      const share = (at, a, b) => (a === b ? 0 : (at - a) / (b - a));
      const middle =
        Math.abs(x2 - x) > Math.abs(y2 - y) ? share((left + right) / 2, x, x2) : share((top + bottom) / 2, y, y2);
      best = [x + (x2 - x) * middle, y + (y2 - y) * middle];
    }
  }
  return best;
}
