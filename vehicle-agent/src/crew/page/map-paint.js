// Paints the ground of the map: border, rivers, roads by their class, and the line of the route above them.
import { sees } from '/map-view.js';

// From which scale a class is drawn (pixels a degree), how wide it is and which colour it has.
const ROADS = [
  ['track', 40_000, 1, 'small'],
  ['service', 40_000, 1.5, 'small'],
  ['living_street', 20_000, 1.5, 'small'],
  ['residential', 14_000, 2, 'small'],
  ['unclassified', 9000, 2, 'small'],
  ['tertiary', 3500, 2.5, 'other'],
  ['secondary', 500, 3, 'other'],
  ['primary', 0, 3.5, 'main'],
  ['trunk', 0, 4, 'main'],
  ['motorway', 0, 4.5, 'wide'],
];
const USUAL_SCALE = 18_000;

/** Draws what is seen; gives the roads that are. */
export function paintGround(context, view, map, colours) {
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, view.width, view.height);
  if (!map) return [];
  const seen = map.lines.filter(({ box }) => sees(view, box));
  const zoom = Math.min(2.4, Math.max(0.4, (view.scale / USUAL_SCALE) ** 0.35));
  stroke(context, view, ofLayer(seen, 'outline'), colours.outline, 1.5);
  stroke(context, view, ofLayer(seen, 'river'), colours.river, 5 * zoom);
  const roads = ofLayer(seen, 'road');
  const shown = [];
  for (const [name, from, width, colour] of ROADS) {
    if (view.scale < from) continue;
    const ofClass = roads.filter(({ roadClass }) => roadClass === name);
    stroke(context, view, ofClass, colours.road[colour], Math.max(1, width * zoom));
    shown.push(...ofClass);
  }
  return shown;
}

const ofLayer = (lines, wanted) => lines.filter(({ layer }) => layer === wanted);

/** The way to drive, above all roads; a straight line is dashed, since nobody drives it. */
export function paintRoute(context, view, route, colours) {
  const line = [{ points: route.points.flat() }];
  const isStraight = route.method === 'straight_line';
  stroke(context, view, line, colours.edge, 13);
  if (isStraight) context.setLineDash([16, 12]);
  stroke(context, view, line, colours.route, 8);
  context.setLineDash([]);
}

function stroke(context, view, lines, colour, width) {
  context.beginPath();
  for (const { points } of lines) path(context, view, points);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke();
}

// What is less than a pixel from the point before is not seen.
function path(context, view, points) {
  let [lastX, lastY] = [view.x(points[0]), view.y(points[1])];
  context.moveTo(lastX, lastY);
  for (let index = 2; index < points.length; index += 2) {
    const [x, y] = [view.x(points[index]), view.y(points[index + 1])];
    const isLast = index + 2 >= points.length;
    if (!isLast && Math.abs(x - lastX) + Math.abs(y - lastY) < 1) continue;
    context.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
}
